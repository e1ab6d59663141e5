package io.sluice.loadtest;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.store.Database;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Measures a report of Orum's over large books: how long it takes, how soon it begins, and how much
 * memory the gateway takes meanwhile. Each line is one effect on a balance, two to a book transfer.
 */
public final class BigReport {
  private static final Map<String, String> DEFAULTS =
      Map.of("rows", "10000000", "rounds", "2", "postgresql", "", "jar", "");

  private static final String USAGE =
      "options: --rows=10000000 (lines of the report, 1000 to 50000000) --rounds=2 (of the same"
          + " report) --postgresql=DIRECTORY or embedded (the installed one) --jar=FILE";

  private static final int MOST_ROWS = 50_000_000;
  private static final int BUFFER_BYTES = 64 * 1_024;
  private static final long LOOK_MS = 250;

  /** The whole may have this much more resident than when its first tenth was there. */
  private static final int FLAT_MIB = 64;

  private static final String TIMES =
      "{\"start_time\":\"2020-01-01T00:00:00Z\",\"end_time\":\"2120-01-01T00:00:00Z\"}";

  private final Product.Gateway gateway;
  private final long rows;
  private final Api orum;
  private final List<String> goals = new ArrayList<>();

  private BigReport(Product.Gateway gateway, long rows, Api orum) {
    this.gateway = gateway;
    this.rows = rows;
    this.orum = orum;
  }

  /** Ends with 1 when a line is missing or the books are not whole. */
  public static void main(String[] args) throws Exception {
    Map<String, String> options = options(args);
    long rows = Long.parseLong(options.get("rows"));
    if (rows < 1_000 || rows > MOST_ROWS) {
      throw new IllegalArgumentException(USAGE);
    }
    boolean clean = true;
    try (var cleanup = new Cleanup()) {
      ProductRig rig =
          ProductRig.open(
              cleanup, "report", given(options, "postgresql"), given(options, "jar").map(Path::of));
      Product.Gateway gateway = rig.product().gateway(rig.database(), Map.of(), cleanup);
      BigReport report = prepare(rig.product(), gateway, rig.database(), rows);
      for (int round = 0; round < Integer.parseInt(options.get("rounds")); round++) {
        clean &= report.measure();
      }
      clean &= rig.conclude(gateway, report.goals);
    }
    System.exit(clean ? 0 : 1);
  }

  private static Map<String, String> options(String[] args) {
    var options = new HashMap<>(DEFAULTS);
    for (String arg : args) {
      String[] parts = arg.replaceFirst("^--", "").split("=", 2);
      if (parts.length < 2 || options.replace(parts[0], parts[1]) == null) {
        throw new IllegalArgumentException(USAGE);
      }
    }
    return options;
  }

  private static Optional<String> given(Map<String, String> options, String name) {
    return Optional.of(options.get(name)).filter(value -> !value.isEmpty());
  }

  /** A book transfer from the enterprise to a subledger, and the same again by SQL. */
  private static BigReport prepare(
      Product product, Product.Gateway gateway, Database database, long rows) throws Exception {
    var provision =
        new Provision(gateway.target().port(), gateway.managementPort(), product.adminToken());
    Api orum = provision.enterprise("reported", rows);
    String subledger =
        orum.post(
                "/deliver/subledgers",
                "{\"subledger_reference_id\":\"all\",\"customer_reference_id\":\"enterprise\"}")
            .at("/subledger/id")
            .textValue();
    orum.post(
        "/deliver/booktransfers",
        "{\"book_transfer_reference_id\":\"first\",\"amount\":1,\"currency\":\"USD\","
            + "\"destination\":{\"subledger_reference_id\":\"all\"}}");
    long begun = System.nanoTime();
    new BigBooks(database)
        .repeat(UUID.fromString(subledger), "orum.booktransfer", (int) (rows / 2 - 1));
    System.out.printf(
        "%,d postings made in %d s%n", rows, TimeUnit.NANOSECONDS.toSeconds(since(begun)));
    return new BigReport(gateway, rows, orum);
  }

  private boolean measure() throws Exception {
    JsonNode made = orum.post("/deliver/reports/recon", TIMES);
    String path = "/deliver/reports/" + made.at("/report/id").textValue() + "/download";
    long before = gateway.process().residentMiB();
    long begun = System.nanoTime();
    Download download = download(path);
    double seconds = since(begun) / 1e9;
    // One line names the columns, and one is of the funding.
    boolean whole = download.lines() == rows + 2;
    System.out.printf(
        Locale.ROOT,
        "%,d lines%s, %,d MB in %.1f s; resident %d MiB before, %d in the first tenth, %d at the"
            + " most; heap %d MiB at the most%n",
        download.lines(),
        whole ? "" : ", which is NOT all",
        download.bytes() / 1_000_000,
        seconds,
        before,
        download.earlyMiB(),
        download.mostMiB(),
        download.heapMiB());
    goals.add(line("report-seconds", seconds));
    goals.add(line("report-lines-per-second", download.lines() / seconds));
    goals.add(line("report-first-byte-ms", download.firstByteNanos() / 1e6));
    goals.add(line("report-resident-mib", download.mostMiB()));
    goals.add(line("report-heap-mib", download.heapMiB()));
    long grown = download.mostMiB() - download.earlyMiB();
    goals.add(
        "report-resident-grown-mib %d ≤%d %s"
            .formatted(grown, FLAT_MIB, grown <= FLAT_MIB ? "YES" : "NO"));
    return whole;
  }

  private static String line(String name, double value) {
    return String.format(Locale.ROOT, "%s %.3f - -", name, value);
  }

  private static long since(long begun) {
    return System.nanoTime() - begun;
  }

  /**
   * What came.
   *
   * @param earlyMiB the most that was resident while the first tenth came
   */
  private record Download(
      long lines, long bytes, long firstByteNanos, long earlyMiB, long mostMiB, long heapMiB) {}

  private Download download(String path) throws IOException, InterruptedException {
    var watch = new MemoryWatch(gateway);
    long begun = System.nanoTime();
    try (InputStream body =
        orum.client().send(orum.get(path), BodyHandlers.ofInputStream()).body()) {
      byte[] buffer = new byte[BUFFER_BYTES];
      int read = body.read(buffer);
      long firstByte = since(begun);
      long bytes = 0;
      long lines = 0;
      long early = 0;
      for (; read >= 0; read = body.read(buffer)) {
        bytes += read;
        lines += ends(buffer, read);
        watch.look();
        early = lines * 10 <= rows ? watch.residentMiB() : early;
      }
      return new Download(lines, bytes, firstByte, early, watch.residentMiB(), watch.heapMiB());
    }
  }

  private static long ends(byte[] buffer, int length) {
    long ends = 0;
    for (int i = 0; i < length; i++) {
      ends += buffer[i] == '\n' ? 1 : 0;
    }
    return ends;
  }

  /** The most that a gateway had, looked at now and then. */
  private static final class MemoryWatch {
    private final Product.Gateway gateway;
    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpRequest metrics;
    private long next = System.nanoTime();
    private long residentMiB;
    private long heapMiB;

    MemoryWatch(Product.Gateway gateway) {
      this.gateway = gateway;
      this.metrics =
          HttpRequest.newBuilder(
                  URI.create("http://127.0.0.1:" + gateway.managementPort() + "/metrics"))
              .build();
    }

    /** Looks, unless it has just done so. */
    void look() throws IOException, InterruptedException {
      if (System.nanoTime() < next) {
        return;
      }
      next = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LOOK_MS);
      residentMiB = Math.max(residentMiB, gateway.process().residentMiB());
      double heap =
          client
              .send(metrics, BodyHandlers.ofLines())
              .body()
              .filter(line -> line.startsWith("jvm_memory_used_bytes{area=\"heap\""))
              .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
              .sum();
      heapMiB = Math.max(heapMiB, (long) (heap / (1 << 20)));
    }

    long residentMiB() {
      return residentMiB;
    }

    long heapMiB() {
      return heapMiB;
    }
  }
}
