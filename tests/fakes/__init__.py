"""Other people's services as they answer from here: fakes that real client libraries talk to over loopback."""
