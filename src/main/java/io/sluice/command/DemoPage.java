package io.sluice.command;

import io.sluice.assembly.AdminToken;
import io.sluice.assembly.DatabaseChoice;
import io.sluice.assembly.Running;
import io.sluice.assembly.Version;
import io.sluice.config.SluiceConfig;

/** What the console shows when the gateway has started. */
final class DemoPage {
  private static final double MILLIS_PER_SECOND = 1_000;

  private DemoPage() {}

  static String of(Running running, SluiceConfig config) {
    StringBuilder page = new StringBuilder();
    page.append("\nSluice ").append(Version.text()).append(" is ready after ");
    page.append("%.1f s.%n%n".formatted(running.startTime().toMillis() / MILLIS_PER_SECOND));
    line(page, "APIs", running.baseUrl() + "  (a browser shows their reference there)");
    line(
        page,
        "Management",
        running.managementUrl() + "  (/console in a browser, /metrics, /admin)");
    if (config.management().adminToken().isEmpty()) {
      line(page, "Admin token", "in " + AdminToken.file(config));
    }
    line(
        page,
        "Database",
        running.embedded()
            ? "its own PostgreSQL on port "
                + running.database().port()
                + ", data in "
                + DatabaseChoice.ownDirectory(config)
            : running.database().toString());
    if (!running.demonstrations().isEmpty()) {
      page.append("\nTry it: each of these lines moves value, as often as you paste it.\n");
      for (Running.DemoCall call : running.demonstrations()) {
        page.append("\n# ").append(call.title()).append('\n').append(call.text()).append('\n');
      }
    }
    return page.append("\nCtrl-C stops it.\n").toString();
  }

  private static void line(StringBuilder page, String name, String value) {
    page.append("  %-12s %s%n".formatted(name, value));
  }
}
