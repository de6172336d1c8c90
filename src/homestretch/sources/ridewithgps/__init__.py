"""Ride with GPS: trips with their track points, by its public interface."""
