package io.sluice.loadtest;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.http.HttpClient;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/**
 * Measures how a gateway does that is asked for more than it can do, beside an account that
 * somebody keeps locked, and beside a tenant that reads long lists.
 */
public final class Overload {
  /** Of an open load, for each of a closed one: more than may wait for their turn. */
  private static final int OPEN_CONNECTIONS = 16;

  /** Less than the gateway lets one address have. */
  private static final int MOST_CONNECTIONS = 4_096;

  private static final int READERS = 64;
  private static final int READING_CONNECTIONS = 16;

  /** Of the tenant beside the readers, each second; one that asks all the time is one of them. */
  private static final int READS_PER_SECOND = 100;

  /** A list, and a single thing. */
  private static final List<String> READS = List.of("/entries", "/balance");

  private static final int SMALL_LEDGERS = 1_000;

  /** Entries of a page, the most that the API gives. */
  private static final int PAGE = 200;

  /** What a commit takes besides where the database is to be the limit. */
  private static final int SLOW_COMMIT_MICROS = 2_000;

  /**
   * Enough to keep a lane busy that carries out one transfer at a time, and none is turned away.
   */
  private static final int FEW_CONNECTIONS = 4;

  /** Of the capacity: a load that keeps nobody waiting. */
  private static final double UNLOADED = 0.25;

  private final OverloadSettings settings;
  private final Vertx vertx;
  private final BigBooks books;
  private final Target loaded;
  private final Target beside;
  private final Target big;
  private final List<String> goals = new ArrayList<>();
  private long failed;

  private Overload(
      OverloadSettings settings,
      Vertx vertx,
      BigBooks books,
      Target loaded,
      Target beside,
      Target big) {
    this.settings = settings;
    this.vertx = vertx;
    this.books = books;
    this.loaded = loaded;
    this.beside = beside;
    this.big = big;
  }

  /**
   * Arguments as in {@link OverloadSettings}. Ends with 1 when an answer was neither a success nor
   * a refusal, or the books are not whole.
   */
  public static void main(String[] args) throws Exception {
    OverloadSettings settings = OverloadSettings.of(args);
    boolean clean;
    try (var cleanup = new Cleanup()) {
      ProductRig rig = ProductRig.open(cleanup, "overload", settings.postgresql(), settings.jar());
      var books = new BigBooks(rig.database());
      if (settings.narrow()) {
        books.slowCommits(SLOW_COMMIT_MICROS);
      }
      Product.Gateway gateway =
          rig.product().gateway(rig.database(), settings.environment(), cleanup);
      Overload overload = prepare(settings, rig.vertx(), books, rig.product(), gateway);
      overload.measure();
      clean = rig.conclude(gateway, overload.goals) && overload.failed == 0;
    }
    System.exit(clean ? 0 : 1);
  }

  private static Overload prepare(
      OverloadSettings settings,
      Vertx vertx,
      BigBooks books,
      Product product,
      Product.Gateway gateway)
      throws Exception {
    var provision =
        new Provision(gateway.target().port(), gateway.managementPort(), product.adminToken());
    Target loaded = provision.ledgers("loaded", settings.accounts());
    Target beside = provision.ledgers("beside", SMALL_LEDGERS);
    Target big = provision.ledgers("big", 2);
    var overload = new Overload(settings, vertx, books, loaded, beside, big);
    overload.transferOnce();
    long begun = System.nanoTime();
    books.repeat(big.ledgers().getFirst(), "corebanq.transfer", settings.rows());
    System.out.printf(
        "%,d rows made in %d s%n",
        settings.rows(), TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun));
    return overload;
  }

  /** The transfer that is then repeated. */
  private void transferOnce() throws Exception {
    var api =
        new Api(HttpClient.newHttpClient(), big.port(), "Authorization", "Bearer " + big.token());
    api.post(
        "/v1/ledgers/" + big.ledgers().get(0) + "/transfer",
        "{\"destination_ledger_id\":\"%s\",\"amount\":1,\"transaction_id\":\"%s\"}"
            .formatted(big.ledgers().get(1), UUID.randomUUID()));
  }

  private void measure() throws Exception {
    System.out.println("warming up");
    closed(loaded, settings.connections(), settings.warmUpSeconds());
    closed(beside, settings.connections(), Math.max(1, settings.warmUpSeconds() / 4));
    reads(beside, "/entries", READING_CONNECTIONS, 2);
    overload();
    if (!settings.narrow()) {
      lockedAccount();
    }
    listReaders("first", 0);
    listReaders("deep", settings.rows() - PAGE);
    busyThreads();
  }

  private void overload() {
    int busy = settings.narrow() ? FEW_CONNECTIONS : settings.connections();
    double capacity = closed(loaded, busy, settings.seconds()).perSecond();
    System.out.printf(Locale.ROOT, "capacity: %,.0f/s%n", capacity);
    Push.Result unloaded = open(UNLOADED * capacity);
    open(capacity);
    for (int times : List.of(3, 10)) {
      Push.Result over = open(times * capacity);
      String name = "overload-" + times + "-times-";
      told(name + "sent-over-peak", over.sent() / (double) over.seconds() / capacity, "- -");
      goal(
          name + "admitted-p99-over-unloaded", over.admittedMs(99) / unloaded.admittedMs(99), "≤5");
      goal(name + "refusals-p99-ms", over.refusedMs(99), "≤10");
      goal(name + "refusals-without-retry-after", over.silent(), "≤0");
      goal(name + "throughput-over-peak", over.perSecond() / capacity, "≥0.9");
    }
  }

  /** What somebody does in psql meanwhile. */
  private enum Neighbour {
    NOTHING,
    OPEN_TRANSACTION,
    LOCKED_ACCOUNT
  }

  /**
   * Whoever locks a row leaves a transaction open, and that alone costs: PostgreSQL keeps every
   * version of a row that is newer. What the lock costs besides is ours.
   */
  private void lockedAccount() throws Exception {
    var results = new EnumMap<Neighbour, List<Push.Result>>(Neighbour.class);
    var there = new ArrayList<>(List.of(Neighbour.values()));
    var andBack = there.reversed();
    for (Neighbour neighbour : Stream.concat(there.stream(), andBack.stream()).toList()) {
      System.out.println("beside " + neighbour.name().toLowerCase(Locale.ROOT).replace('_', ' '));
      results.computeIfAbsent(neighbour, key -> new ArrayList<>()).add(besideLoaded(neighbour));
    }
    List<Push.Result> open = results.get(Neighbour.OPEN_TRANSACTION);
    told("open-transaction-others-throughput", ratio(open, results.get(Neighbour.NOTHING)), "- -");
    goal(
        "locked-account-others-throughput-over-open-transaction",
        ratio(results.get(Neighbour.LOCKED_ACCOUNT), open),
        "≥0.8");
  }

  private AutoCloseable begin(Neighbour neighbour) throws SQLException {
    return switch (neighbour) {
      case NOTHING -> () -> {};
      case OPEN_TRANSACTION -> books.open();
      case LOCKED_ACCOUNT -> books.lock(loaded.ledgers().getFirst());
    };
  }

  /** What one tenant gets done beside another one, whose ledger may be locked. */
  private Push.Result besideLoaded(Neighbour neighbour) throws Exception {
    int half = settings.connections() / 2;
    Future<Push.Result> others;
    Future<Push.Result> own;
    try (AutoCloseable _ = begin(neighbour)) {
      own = Push.run(vertx, transfers(loaded), half, 0, settings.seconds());
      others = Push.run(vertx, transfers(beside), half, 0, settings.seconds());
      Awaiting.result(vertx.timer(settings.seconds(), TimeUnit.SECONDS));
    }
    say("the account's tenant", Awaiting.result(own));
    return say("another tenant", Awaiting.result(others));
  }

  private void listReaders(String which, int offset) {
    Requests pages = Requests.reads(big, "/entries?limit=" + PAGE + "&offset=" + offset);
    for (String read : READS) {
      double ratio =
          crowded(
              read,
              "readers of " + which + " pages",
              seconds -> Push.run(vertx, pages, READERS, 0, seconds));
      goal("beside-readers-of-" + which + "-pages-p99-of-" + read.substring(1), ratio, "≤2");
    }
  }

  /** The machine's own part of it: threads that have nothing to do with the gateway. */
  private void busyThreads() {
    for (String read : READS) {
      told(
          "beside-busy-threads-p99-of-" + read.substring(1),
          crowded(read, "busy threads", this::spin),
          "- -");
    }
  }

  private Future<?> spin(int seconds) {
    return Future.all(
        Stream.generate(() -> vertx.executeBlocking(() -> spin(System.nanoTime(), seconds), false))
            .limit(Runtime.getRuntime().availableProcessors())
            .toList());
  }

  private static long spin(long from, int seconds) {
    long turns = 0;
    while (System.nanoTime() - from < TimeUnit.SECONDS.toNanos(seconds)) {
      turns++;
    }
    return turns;
  }

  /** How many times as long reads take beside others: alone, beside, beside, alone. */
  private double crowded(String read, String who, IntFunction<Future<?>> others) {
    int seconds = Math.max(1, settings.seconds() / 2);
    List<Push.Result> alone = new ArrayList<>();
    List<Push.Result> crowded = new ArrayList<>();
    for (boolean crowdedNow : List.of(false, true, true, false)) {
      System.out.printf("GET …%s, %s%n", read, crowdedNow ? "beside " + who : "alone");
      Future<?> crowd = crowdedNow ? others.apply(seconds) : Future.succeededFuture();
      (crowdedNow ? crowded : alone).add(reads(beside, read, READING_CONNECTIONS, seconds));
      if (Awaiting.result(crowd) instanceof Push.Result result) {
        say("the readers", result);
      }
    }
    return sum(crowded).admittedMs(99) / sum(alone).admittedMs(99);
  }

  private static double ratio(List<Push.Result> of, List<Push.Result> over) {
    return sum(of).perSecond() / sum(over).perSecond();
  }

  private static Push.Result sum(List<Push.Result> results) {
    return results.stream().reduce(Push.Result::and).orElseThrow();
  }

  private static Requests transfers(Target target) {
    return Requests.ledger(target, Workload.UNIFORM);
  }

  private Push.Result closed(Target target, int connections, int seconds) {
    return say(
        "closed", Awaiting.result(Push.run(vertx, transfers(target), connections, 0, seconds)));
  }

  private Push.Result open(double rate) {
    int connections =
        settings.narrow()
            ? settings.connections()
            : Math.min(MOST_CONNECTIONS, OPEN_CONNECTIONS * settings.connections());
    return say(
        String.format(Locale.ROOT, "open, %,.0f/s", rate),
        Awaiting.result(
            Push.run(
                vertx,
                transfers(loaded),
                connections,
                Math.max(1, Math.round(rate)),
                settings.seconds())));
  }

  private Push.Result reads(Target target, String path, int connections, int seconds) {
    return say(
        "reads",
        Awaiting.result(
            Push.run(vertx, Requests.reads(target, path), connections, READS_PER_SECOND, seconds)));
  }

  private Push.Result say(String what, Push.Result result) {
    System.out.println("  " + what + ": " + result);
    failed += result.failed();
    return result;
  }

  /** For programs, as {@link Goal#line} writes it. */
  private void goal(String name, double value, String must) {
    double limit = Double.parseDouble(must.substring(1));
    boolean met = must.startsWith("≥") ? value >= limit : value <= limit;
    told(name, value, must + (met ? " YES" : " NO"));
  }

  private void told(String name, double value, String rest) {
    goals.add(String.format(Locale.ROOT, "%s %.3f %s", name, value, rest));
  }
}
