"""The words of vendors that formats and sources both need: devices, sports, names, months."""
