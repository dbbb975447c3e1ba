// Copy to kabar-beat/secrets.h. Whoever has the URL can speak for the home.
#pragma once

#define WIFI_NAME "home"
#define WIFI_PASSWORD "correct horse"
#define KABAR_PING "https://kabar.example.com/ping/KEY"
