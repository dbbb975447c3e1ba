// Tells Kabar once a minute that there is power: it runs on mains power, so its silence says that there is none.
#include <HTTPClient.h>
#include <NetworkClientSecure.h>
#include <WiFi.h>
#include <time.h>

#include "secrets.h"

#ifndef LED_BUILTIN
#define LED_BUILTIN 2
#endif

// The roots that come with the core.
extern const uint8_t roots_start[] asm("_binary_x509_crt_bundle_start");
extern const uint8_t roots_end[] asm("_binary_x509_crt_bundle_end");

constexpr unsigned long PERIOD_MS = 60'000;
// After a failure, soon again: a detector's grace is about a minute.
constexpr unsigned long AGAIN_MS = 10'000;
constexpr uint16_t TIMEOUT_MS = 10'000;

NetworkClientSecure line;

bool beat() {
  HTTPClient http;
  http.setTimeout(TIMEOUT_MS);
  if (!http.begin(line, KABAR_PING)) return false;
  const int status = http.POST("");
  http.end();
  return status >= 200 && status < 300;
}

void setup() {
  pinMode(LED_BUILTIN, OUTPUT);
  WiFi.mode(WIFI_STA);
  WiFi.setAutoReconnect(true);
  WiFi.begin(WIFI_NAME, WIFI_PASSWORD);
  while (WiFi.status() != WL_CONNECTED) delay(100);
  // Certificates have dates, so the clock has to be right.
  configTime(0, 0, "pool.ntp.org");
  while (time(nullptr) < 1'700'000'000) delay(100);
  line.setCACertBundle(roots_start, roots_end - roots_start);
}

void loop() {
  const bool heard = beat();
  digitalWrite(LED_BUILTIN, heard ? HIGH : LOW);
  delay(heard ? PERIOD_MS : AGAIN_MS);
}
