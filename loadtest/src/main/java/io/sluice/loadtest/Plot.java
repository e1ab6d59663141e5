package io.sluice.loadtest;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * A small SVG of panels below each other, readable on light and on dark pages: throughput as bars
 * on a linear scale, median and 99th percentile as lines on a logarithmic one.
 */
final class Plot {
  private static final int WIDTH = 760;
  private static final int PANEL = 360;
  private static final int LEGEND = 40;
  private static final int LEFT = 76;
  private static final int RIGHT = 76;
  private static final int TOP = 64;
  private static final int BOTTOM = 56;
  private static final int TICKS = 5;

  /** Colours by what they are for; a page that is dark gets others. */
  private static final String STYLE =
      """
      <style>
      .page{fill:#ffffff}.text{fill:#1f2937}.faint{fill:#4b5563}.grid{stroke:#e5e7eb}
      .rate{fill:#bfdbfe}.p50{stroke:#0f766e}.p99{stroke:#c2410c}.p50t{fill:#0f766e}.p99t{fill:#c2410c}
      polyline{fill:none;stroke-width:2}
      @media (prefers-color-scheme: dark){
      .page{fill:#0d1117}.text{fill:#e6edf3}.faint{fill:#9ca3af}.grid{stroke:#30363d}
      .rate{fill:#1f4b7a}.p50{stroke:#2dd4bf}.p99{stroke:#fb923c}.p50t{fill:#2dd4bf}.p99t{fill:#fb923c}}
      </style>
      """;

  private final List<Panel> panels;
  private final StringBuilder out = new StringBuilder();

  /**
   * One level of what is varied.
   *
   * @param label on the axis
   */
  record Point(String label, double perSecond, double p50Ms, double p99Ms) {}

  /**
   * One diagram.
   *
   * @param axis what is varied
   * @param points at least one
   */
  record Panel(String title, String axis, List<Point> points) {
    private double mostPerSecond() {
      return ceiling(points.stream().mapToDouble(Point::perSecond).max().orElse(1));
    }

    /** The powers of ten that all times lie between, as exponents. */
    private int least() {
      return (int)
          Math.floor(Math.log10(points.stream().mapToDouble(Point::p50Ms).min().orElse(1)));
    }

    private int most() {
      double most = points.stream().mapToDouble(Point::p99Ms).max().orElse(1);
      return Math.max(least() + 1, (int) Math.ceil(Math.log10(most)));
    }

    private double share(double ms) {
      return (Math.log10(ms) - least()) / (most() - least());
    }
  }

  Plot(List<Panel> panels) {
    this.panels = panels;
  }

  /** The next number of the form 1, 2, 2.5, 5 or 10 times a power of ten. */
  private static double ceiling(double value) {
    double power = Math.pow(10, Math.floor(Math.log10(value)));
    for (double step : new double[] {1, 2, 2.5, 5}) {
      if (value <= step * power) {
        return step * power;
      }
    }
    return 10 * power;
  }

  String svg() {
    int height = panels.size() * PANEL + LEGEND;
    add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\""
            + " font-family=\"sans-serif\" font-size=\"11\">%n",
        WIDTH, height);
    out.append(STYLE);
    add("<rect class=\"page\" width=\"100%%\" height=\"100%%\"/>%n");
    for (int i = 0; i < panels.size(); i++) {
      panel(panels.get(i), i * PANEL);
    }
    legend(height - LEGEND / 2);
    return out.append("</svg>\n").toString();
  }

  private void panel(Panel panel, int top) {
    text("text\" font-size=\"15", WIDTH / 2.0, top + 26, "middle", panel.title());
    axes(panel, top);
    double slot = (WIDTH - LEFT - RIGHT) / (double) panel.points().size();
    for (int i = 0; i < panel.points().size(); i++) {
      bar(panel, i, slot, top);
    }
    line(panel, slot, top, "p99", Point::p99Ms, -8);
    line(panel, slot, top, "p50", Point::p50Ms, 16);
  }

  private void axes(Panel panel, int top) {
    for (int tick = 0; tick <= TICKS; tick++) {
      double share = tick / (double) TICKS;
      double y = y(share, top);
      add(
          "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>%n",
          LEFT, WIDTH - RIGHT, y, y);
      text("faint", LEFT - 8, y + 4, "end", number("%,.0f", share * panel.mostPerSecond()));
    }
    for (int power = panel.least(); power <= panel.most(); power++) {
      double y = y(panel.share(Math.pow(10, power)), top);
      String label = number(power < 0 ? "%." + -power + "f" : "%,.0f", Math.pow(10, power));
      text("faint", WIDTH - RIGHT + 8, y + 4, "start", label);
    }
    text("faint", LEFT, top + TOP - 14, "middle", "transfers/s");
    text("faint", WIDTH - RIGHT, top + TOP - 14, "middle", "ms, logarithmic");
    text("faint", WIDTH / 2.0, top + PANEL - 20, "middle", panel.axis());
  }

  private void bar(Panel panel, int index, double slot, int top) {
    Point point = panel.points().get(index);
    double y = y(point.perSecond() / panel.mostPerSecond(), top);
    double bottom = y(0, top);
    double middle = LEFT + slot * (index + 0.5);
    add(
        "<rect class=\"rate\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>%n",
        middle - slot * 0.3, y, slot * 0.6, bottom - y);
    text("faint", middle, bottom + 16, "middle", point.label());
    text("text", middle, bottom - 6, "middle", number("%,.0f/s", point.perSecond()));
  }

  /**
   * @param below how far below the line its numbers stand
   */
  private void line(
      Panel panel, double slot, int top, String name, ToDoubleFunction<Point> value, int below) {
    var corners = new StringBuilder();
    for (int i = 0; i < panel.points().size(); i++) {
      double ms = value.applyAsDouble(panel.points().get(i));
      double x = LEFT + slot * (i + 0.5);
      double y = y(panel.share(ms), top);
      corners.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y));
      add("<circle class=\"%st\" cx=\"%.1f\" cy=\"%.1f\" r=\"3\"/>%n", name, x, y);
      text(name + "t", x, y + below, "middle", number(ms < 10 ? "%.1f" : "%.0f", ms));
    }
    add("<polyline class=\"%s\" points=\"%s\"/>%n", name, corners.toString().strip());
  }

  private void legend(int y) {
    String[][] entries = {{"rate", "transfers/s"}, {"p50t", "median, ms"}, {"p99t", "p99, ms"}};
    for (int i = 0; i < entries.length; i++) {
      int x = LEFT + 110 + i * 150;
      add(
          "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"12\" height=\"12\"/>%n",
          entries[i][0], x, y - 10);
      text("text", x + 18, y, "start", entries[i][1]);
    }
  }

  private static double y(double share, int top) {
    return top + PANEL - BOTTOM - share * (PANEL - TOP - BOTTOM);
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }

  private void text(String style, double x, double y, String anchor, String text) {
    add(
        "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n",
        style, x, y, anchor, text);
  }

  private void add(String format, Object... values) {
    out.append(String.format(Locale.ROOT, format, values));
  }
}
