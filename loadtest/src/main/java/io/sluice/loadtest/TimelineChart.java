package io.sluice.loadtest;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One second of all lanes as SVG: four rows of a quarter of a second each. */
final class TimelineChart {
  private static final int WIDTH = 1200;
  private static final int LEFT = 70;
  private static final int RIGHT = 1170;
  private static final int TOP = 56;
  private static final int ROWS = 4;
  private static final long ROW_NANOS = 250_000_000;
  private static final int LANE_HEIGHT = 22;
  private static final int TASKS_HEIGHT = 44;
  private static final int GAP = 34;

  /** More tasks than this that want a processor are drawn as so many. */
  private static final int MAX_TASKS = 8;

  private static final String LOCK = "#2563eb";
  private static final String DECIDE = "#f59e0b";
  private static final String COMMIT = "#059669";
  private static final String TASKS = "#9ca3af";
  private static final String FREE = "#fecaca";

  private final Map<Integer, List<LaneBatch>> lanes = new LinkedHashMap<>();
  private final ProcessStates states;
  private final Instant start;
  private final StringBuilder out = new StringBuilder();

  TimelineChart(List<LaneBatch> batches, ProcessStates states) {
    this.states = states;
    this.start = states.from().plus(Duration.between(states.from(), states.to()).dividedBy(2));
    batches.forEach(
        batch -> lanes.computeIfAbsent(batch.process(), p -> new ArrayList<>()).add(batch));
  }

  private int rowHeight() {
    return lanes.size() * LANE_HEIGHT + TASKS_HEIGHT + GAP;
  }

  String svg() {
    int height = TOP + ROWS * rowHeight();
    out.append(
        String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\""
                + " font-family=\"sans-serif\" font-size=\"11\">%n"
                + "<rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>%n",
            WIDTH,
            height));
    legend();
    for (int row = 0; row < ROWS; row++) {
      row(row);
    }
    return out.append("</svg>\n").toString();
  }

  private void legend() {
    text(LEFT, 20, "One second of the lanes, 256 connections: four rows of 250 ms", 15);
    String[][] entries = {
      {LOCK, "lock and read"},
      {DECIDE, "decide"},
      {COMMIT, "write and commit"},
      {TASKS, "tasks that want a processor"},
      {FREE, "a processor is free"}
    };
    for (int i = 0; i < entries.length; i++) {
      rectangle(LEFT + i * 200, 32, 12, 12, entries[i][0], "");
      text(LEFT + i * 200 + 18, 42, entries[i][1], 11);
    }
  }

  private void row(int row) {
    Instant from = start.plusNanos(row * ROW_NANOS);
    double top = TOP + row * rowHeight();
    int lane = 0;
    for (List<LaneBatch> batches : lanes.values()) {
      double y = top + lane++ * LANE_HEIGHT;
      text(8, y + 15, "lane " + lane, 11);
      batches.forEach(batch -> batch(batch, from, y));
    }
    tasks(from, top + lanes.size() * LANE_HEIGHT);
    for (int ms = 0; ms <= 250; ms += 50) {
      text(
          x(from, from.plusMillis(ms)) - 8,
          top + rowHeight() - 20,
          String.format(Locale.ROOT, "%d ms", row * 250 + ms),
          10);
    }
  }

  private void batch(LaneBatch batch, Instant from, double y) {
    String title = batch.commands() + " commands, " + batch.whole().toNanos() / 1_000 + " µs";
    part(from, batch.start(), batch.start().plus(batch.locked()), y, LOCK, title);
    part(
        from,
        batch.start().plus(batch.locked()),
        batch.start().plus(batch.decided()),
        y,
        DECIDE,
        title);
    part(from, batch.start().plus(batch.decided()), batch.end(), y, COMMIT, title);
  }

  private void part(
      Instant from, Instant first, Instant last, double y, String fill, String title) {
    double left = Math.max(LEFT, x(from, first));
    double right = Math.min(RIGHT, x(from, last));
    if (right > left) {
      rectangle(left, y + 2, right - left, LANE_HEIGHT - 4, fill, title);
    }
  }

  private void tasks(Instant from, double y) {
    int processors = Runtime.getRuntime().availableProcessors();
    double unit = (double) (TASKS_HEIGHT - 6) / MAX_TASKS;
    double width = (double) (RIGHT - LEFT) / (ROW_NANOS / 1_000_000);
    text(8, y + 20, "tasks", 11);
    for (ProcessStates.Look look : states.looks()) {
      double x = x(from, look.at());
      if (x < LEFT || x + width > RIGHT) {
        continue;
      }
      double height = Math.min(MAX_TASKS, look.runnable()) * unit;
      if (look.runnable() < processors) {
        rectangle(x, y, width, TASKS_HEIGHT - 4, FREE, "");
      }
      rectangle(x, y + TASKS_HEIGHT - 4 - height, width, height, TASKS, "");
    }
  }

  private static double x(Instant from, Instant at) {
    return LEFT + (RIGHT - LEFT) * (double) Duration.between(from, at).toNanos() / ROW_NANOS;
  }

  private void rectangle(
      double x, double y, double width, double height, String fill, String title) {
    String content = title.isEmpty() ? "/>" : "><title>" + title + "</title></rect>";
    out.append(
        String.format(
            Locale.ROOT,
            "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"%s%n",
            x,
            y,
            width,
            height,
            fill,
            content));
  }

  private void text(double x, double y, String text, int size) {
    out.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%.1f\" y=\"%.1f\" font-size=\"%d\">%s</text>%n",
            x,
            y,
            size,
            text));
  }
}
