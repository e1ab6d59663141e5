package io.sluice.store;

import java.util.Map;

/** What a connection is opened for, and what PostgreSQL is told about it. */
enum ConnectionUse {
  /**
   * Carries the pipeline's transactions. Its planner settings make the statements use the same
   * index plans whatever the tables' statistics say.
   */
  LANE(
      "sluice-lane",
      Map.of(
          "plan_cache_mode", "force_generic_plan",
          "enable_seqscan", "off",
          "enable_hashjoin", "off",
          "enable_mergejoin", "off")),
  POOL("sluice-pool", Map.of());

  private final String applicationName;
  private final Map<String, String> planner;

  ConnectionUse(String applicationName, Map<String, String> planner) {
    this.applicationName = applicationName;
    this.planner = planner;
  }

  String applicationName() {
    return applicationName;
  }

  Map<String, String> planner() {
    return planner;
  }
}
