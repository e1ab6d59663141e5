package io.sluice.store;

import java.util.HashMap;
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

  /** Looks up what transfers need, and makes other short writes. */
  POOL("sluice-pool", Map.of("max_parallel_workers_per_gather", "0")),

  /**
   * Reads lists. Its planner settings make a page one walk along an index, from where the page
   * begins to where it ends, whatever the tables' statistics say, and keep one reader from taking
   * the work of several processors.
   */
  LIST(
      "sluice-list",
      Map.of(
          "plan_cache_mode", "force_generic_plan",
          "max_parallel_workers_per_gather", "0",
          "enable_seqscan", "off",
          "enable_bitmapscan", "off",
          "enable_sort", "off",
          "enable_hashjoin", "off",
          "enable_mergejoin", "off")),

  /** Seals books. Its planner settings have it walk along transfers in the order of ids. */
  SEAL(
      "sluice-seal",
      Map.of(
          "plan_cache_mode", "force_generic_plan",
          "max_parallel_workers_per_gather", "0",
          "enable_seqscan", "off",
          "enable_bitmapscan", "off",
          "enable_hashjoin", "off",
          "enable_mergejoin", "off"));

  private final String applicationName;
  private final Map<String, String> planner;

  ConnectionUse(String applicationName, Map<String, String> planner) {
    this.applicationName = applicationName;
    this.planner = planner;
  }

  String applicationName() {
    return applicationName;
  }

  /**
   * Settings of the planner.
   *
   * @param citus whether tables may lie on several nodes. Which node has the rows follows from the
   *     tenant, so no plan is made without knowing it.
   */
  Map<String, String> planner(boolean citus) {
    var settings = new HashMap<>(planner);
    if (citus) {
      settings.put("plan_cache_mode", "force_custom_plan");
    }
    return settings;
  }
}
