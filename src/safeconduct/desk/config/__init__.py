"""Settings, routes and the server entry; the environment decides, unsafe values refuse to start."""
