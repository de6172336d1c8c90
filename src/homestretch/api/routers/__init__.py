"""The routes of the API, one file per noun."""

from homestretch.api.openapi import describe_late

describe_late()
