package io.sluice.loadtest;

import java.util.List;
import java.util.Locale;

/** A small SVG: throughput as bars, median and 99th percentile as lines, against concurrency. */
final class Plot {
  private static final int WIDTH = 720;
  private static final int HEIGHT = 400;
  private static final int LEFT = 70;
  private static final int RIGHT = 70;
  private static final int TOP = 50;
  private static final int BOTTOM = 60;

  /** One concurrency level. */
  record Point(int connections, double perSecond, double p50Ms, double p99Ms) {}

  private final List<Point> points;
  private final double maxThroughput;
  private final double maxLatency;

  Plot(List<Point> points) {
    this.points = points;
    this.maxThroughput = round(points.stream().mapToDouble(Point::perSecond).max().orElse(1));
    this.maxLatency = round(points.stream().mapToDouble(Point::p99Ms).max().orElse(1));
  }

  /** The next number of the form 1, 2, 2.5, 5 or 10 times a power of ten. */
  private static double round(double value) {
    double power = Math.pow(10, Math.floor(Math.log10(value)));
    for (double step : new double[] {1, 2, 2.5, 5, 10}) {
      if (value <= step * power) {
        return step * power;
      }
    }
    return 10 * power;
  }

  String svg() {
    var out = new StringBuilder();
    out.append(
        String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\""
                + " font-family=\"sans-serif\" font-size=\"12\">%n"
                + "<rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>%n",
            WIDTH,
            HEIGHT));
    text(out, WIDTH / 2, 24, "middle", "Transfers over HTTP against concurrent connections", 15);
    axes(out);
    for (int i = 0; i < points.size(); i++) {
      bar(out, i);
    }
    line(out, "#c2410c", "p99", true);
    line(out, "#0f766e", "p50", false);
    legend(out);
    return out.append("</svg>\n").toString();
  }

  private void axes(StringBuilder out) {
    for (int tick = 0; tick <= 5; tick++) {
      double share = tick / 5.0;
      double y = y(share);
      out.append(
          String.format(
              Locale.ROOT,
              "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#e5e7eb\"/>%n",
              LEFT,
              WIDTH - RIGHT,
              y,
              y));
      text(
          out,
          LEFT - 8,
          y + 4,
          "end",
          String.format(Locale.ROOT, "%,.0f", share * maxThroughput),
          11);
      text(
          out,
          WIDTH - RIGHT + 8,
          y + 4,
          "start",
          String.format(Locale.ROOT, "%,.1f", share * maxLatency),
          11);
    }
    text(out, LEFT, TOP - 8, "middle", "transfers/s", 11);
    text(out, WIDTH - RIGHT, TOP - 8, "middle", "milliseconds", 11);
    text(out, WIDTH / 2, HEIGHT - 28, "middle", "connections, each with one request in flight", 11);
  }

  private void bar(StringBuilder out, int index) {
    Point point = points.get(index);
    double width = slot() * 0.5;
    double y = y(point.perSecond() / maxThroughput);
    out.append(
        String.format(
            Locale.ROOT,
            "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"#93c5fd\"/>%n",
            x(index) - width / 2,
            y,
            width,
            HEIGHT - BOTTOM - y));
    text(out, x(index), HEIGHT - BOTTOM + 16, "middle", Integer.toString(point.connections()), 11);
  }

  private void line(StringBuilder out, String colour, String name, boolean tail) {
    var path = new StringBuilder();
    for (int i = 0; i < points.size(); i++) {
      double value = tail ? points.get(i).p99Ms() : points.get(i).p50Ms();
      double y = y(value / maxLatency);
      path.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(i), y));
      text(out, x(i), y - 7, "middle", String.format(Locale.ROOT, "%.1f", value), 10);
    }
    out.append("<polyline points=\"")
        .append(path.toString().strip())
        .append("\" fill=\"none\" stroke=\"");
    out.append(colour)
        .append("\" stroke-width=\"2\"><title>")
        .append(name)
        .append("</title></polyline>\n");
  }

  private void legend(StringBuilder out) {
    String[][] entries = {{"#93c5fd", "throughput"}, {"#0f766e", "p50"}, {"#c2410c", "p99"}};
    for (int i = 0; i < entries.length; i++) {
      int x = LEFT + 150 + i * 130;
      out.append(
          String.format(
              Locale.ROOT,
              "<rect x=\"%d\" y=\"%d\" width=\"12\" height=\"12\" fill=\"%s\"/>%n",
              x,
              HEIGHT - 18,
              entries[i][0]));
      text(out, x + 18, HEIGHT - 8, "start", entries[i][1], 11);
    }
  }

  private double slot() {
    return (WIDTH - LEFT - RIGHT) / (double) points.size();
  }

  private double x(int index) {
    return LEFT + slot() * (index + 0.5);
  }

  private static double y(double share) {
    return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM);
  }

  private static void text(
      StringBuilder out, double x, double y, String anchor, String text, int size) {
    out.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" font-size=\"%d\">%s</text>%n",
            x,
            y,
            anchor,
            size,
            text));
  }
}
