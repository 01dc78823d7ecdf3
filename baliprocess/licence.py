"""The licence of the data. That of the software is in the file LICENSE."""

NAME = "Creative Commons Attribution 4.0 International"
SHORT_NAME = "CC BY 4.0"
ADDRESS = "https://creativecommons.org/licenses/by/4.0/"
