package io.sluice.loadtest.gatling;

import java.time.Duration;

/**
 * What a simulation is asked to do: system properties, which {@code loadtest/run} sets. Only the
 * admin token comes by the environment, which other users of the machine cannot read.
 */
final class Options {
  static final String BASE_URL = System.getProperty("sluice.url", "http://127.0.0.1:8080");
  static final String MANAGEMENT_URL =
      System.getProperty("sluice.management", "http://127.0.0.1:9090");
  static final String ADMIN_TOKEN = System.getenv().getOrDefault("SLUICE_LOADTEST_ADMIN_TOKEN", "");

  /**
   * {@code closed}: so many users, one request after another; {@code open}: so many requests a
   * second.
   */
  static final String MODEL = System.getProperty("sluice.model", "closed");

  static final int USERS = Integer.getInteger("sluice.users", 64);
  static final int RATE = Integer.getInteger("sluice.rate", 500);
  static final int ACCOUNTS = Integer.getInteger("sluice.accounts", 2_000);

  /**
   * Which accounts pay and receive: {@code uniform}, {@code zipf}, {@code hot-source}, {@code
   * hot-destination}; and what a dialect has besides: {@code recipients-100} and {@code lots} for
   * Scrip, {@code partial} for Isometric.
   */
  static final String WORKLOAD = System.getProperty("sluice.workload", "uniform");

  static final Duration WARM_UP =
      Duration.ofSeconds(Integer.getInteger("sluice.warmUpSeconds", 25));
  static final Duration DURATION = Duration.ofSeconds(Integer.getInteger("sluice.seconds", 30));

  private Options() {}
}
