"""A phone: apps that send what Health Connect or Apple Health has."""
