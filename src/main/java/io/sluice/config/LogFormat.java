package io.sluice.config;

/** How log lines look. */
public enum LogFormat {
  TEXT,
  JSON
}
