package io.sluice.loadtest;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Measures what plain transfers suffer from what goes on beside them: a webhook endpoint that hears
 * of each of them, and the expiry of many lots.
 */
public final class Events {
  private static final int CONNECTIONS = 256;
  private static final String LOADED = "loaded";
  private static final String ENDPOINTS = "/v1/webhook-endpoints";
  private static final int WARM_UP_SHARE = 20;

  /**
   * So many times as much is told in the warm-up: what is done for several events at once is
   * compiled after some ten thousand times, too, which takes a processor away for a tenth of a
   * second.
   */
  private static final int WARM_UP_TIMES = 4;

  /** Connections are made and statements are planned for the first events. */
  private static final int BEGIN_SECONDS = 2;

  /** Lots are due after so long and as long as writing them takes. */
  private static final int LEAST_DUE_SECONDS = 10;

  private static final int LOTS_WRITTEN_PER_SECOND = 8_000;

  /** What gateway, database and receiver need for one, some more or less. */
  private static final long NANOS_OF_AN_EVENT = TimeUnit.MICROSECONDS.toNanos(310);

  private static final double MOST_BESIDE_EVENTS = 1.1;
  private static final double MOST_BESIDE_EXPIRY = 1.5;

  private final EventsSettings settings;
  private final ProductRig rig;
  private final Vertx vertx;
  private final Product.Gateway gateway;
  private final ScripTarget target;
  private final Api api;
  private final List<String> goals = new ArrayList<>();
  private long errors;

  private Events(
      EventsSettings settings, ProductRig rig, Product.Gateway gateway, ScripTarget target) {
    this.settings = settings;
    this.rig = rig;
    this.vertx = rig.vertx();
    this.gateway = gateway;
    this.target = target;
    this.api = new Api(HttpClient.newHttpClient(), target.port(), "X-API-Key", target.apiKey());
  }

  /**
   * Arguments as in {@link EventsSettings}. Ends with 1 when a transfer failed, a lot did not
   * expire once, or the books are not whole.
   */
  public static void main(String[] args) throws Exception {
    EventsSettings settings = EventsSettings.of(args);
    boolean clean;
    try (var cleanup = new Cleanup()) {
      ProductRig rig = ProductRig.open(cleanup, "events", settings.postgresql(), settings.jar());
      Map<String, String> more = Map.of("SLUICE_EVENTS_ALLOWED_NETWORKS", "127.0.0.1/32");
      Product.Gateway gateway = rig.product().gateway(rig.database(), more, cleanup);
      ScripTarget target =
          new Provision(
                  gateway.target().port(), gateway.managementPort(), rig.product().adminToken())
              .participants(LOADED, settings.participants());
      var events = new Events(settings, rig, gateway, target);
      boolean once = events.measure();
      clean = rig.conclude(gateway, events.goals) && once && events.errors == 0;
    }
    System.exit(clean ? 0 : 1);
  }

  private boolean measure() throws Exception {
    var receiver = new EventReceiver(vertx);
    warmUp(receiver);
    if (settings.lots() == 0) {
      besideEvents(receiver);
      return true;
    }
    var books = new DueLotBooks(rig.database(), lotAsset());
    warmUp(books);
    besideEvents(receiver);
    return besideExpiry(books);
  }

  /** With all that is measured afterwards, at full speed first. */
  private void warmUp(EventReceiver receiver) throws Exception {
    load("warming up", 0, settings.warmUpSeconds());
    String endpoint = listen(receiver);
    Load told = load("warming up", WARM_UP_TIMES * settings.rate(), settings.warmUpSeconds());
    awaitAll(receiver, told.transfers());
    api.delete(ENDPOINTS + "/" + endpoint);
  }

  private void warmUp(DueLotBooks books) throws Exception {
    books.write(each(WARM_UP_SHARE), 0);
    Instant limit = Instant.now().plusSeconds(settings.limitSeconds());
    while (books.areSomeLeft() && Instant.now().isBefore(limit)) {
      load("warming up", settings.rate(), settings.seconds());
    }
  }

  /** How many lots of each participant are that share of all. */
  private int each(int share) {
    return Math.max(1, settings.lots() / settings.participants() / share);
  }

  private Load load(String what, int seconds) {
    return load(what, settings.rate(), seconds);
  }

  private Load load(String what, int rate, int seconds) {
    Load load =
        Awaiting.result(
            HttpLoad.run(vertx, Requests.scrip(target, 1), CONNECTIONS, rate, 0, seconds));
    System.out.println("  " + what + ": " + load);
    errors += load.errors();
    return load;
  }

  /** What was measured with an endpoint, beside as much other work, and without both. */
  private static final class Pair {
    private final Slices without = new Slices();
    private final Slices with = new Slices();
    private final Slices work = new Slices();
    private final Series microsWithout = new Series();
    private final Series microsWith = new Series();
    private long told;
    private double seconds;
  }

  /** Off, on, on, off, and other work twice, round by round. */
  private void besideEvents(EventReceiver receiver) throws Exception {
    var pair = new Pair();
    for (int round = 0; round < settings.rounds(); round++) {
      besideEvents(receiver, pair);
      besideWork(pair.work);
    }
    told("events-delivered-per-second", pair.told / pair.seconds, "of " + settings.rate());
    told("transfer-processor-micros", pair.microsWithout.median(), "- -");
    told("event-processor-micros", pair.microsWith.median() - pair.microsWithout.median(), "- -");
    told("events-p50-ratio", pair.with.p50Ratio(pair.without), "- -");
    atMost("events-p99-ratio", pair.with.p99Ratio(pair.without), MOST_BESIDE_EVENTS);
    told("other-work-p99-ratio", pair.work.p99Ratio(pair.without), "- -");
    told("events-p99-over-other-work", pair.with.p99Ratio(pair.work), "- -");
  }

  private void besideEvents(EventReceiver receiver, Pair pair) throws Exception {
    without(pair);
    String endpoint = listen(receiver);
    awaitAll(receiver, receiver.heard() + load("one begins", BEGIN_SECONDS).transfers());
    long before = receiver.heard();
    long begun = System.nanoTime();
    long micros = processorMicros();
    Load first = load("an endpoint", settings.seconds());
    Load second = load("an endpoint", settings.seconds());
    micros = processorMicros() - micros;
    long transfers = first.transfers() + second.transfers();
    long told = receiver.heard() - before;
    double seconds = (System.nanoTime() - begun) / 1e9;
    awaitAll(receiver, before + transfers);
    double drained = (System.nanoTime() - begun) / 1e9 - seconds;
    api.delete(ENDPOINTS + "/" + endpoint);
    without(pair);
    pair.microsWith.add(micros / (double) transfers);
    pair.with.add(first);
    pair.with.add(second);
    pair.told += told;
    pair.seconds += seconds;
    System.out.printf(
        Locale.ROOT,
        "  %,d events told while %,d transfers were made, the rest %.1f s later%n",
        told,
        transfers,
        drained);
  }

  private void without(Pair pair) {
    long micros = processorMicros();
    Load load = load("no endpoint", settings.seconds());
    pair.microsWithout.add((processorMicros() - micros) / (double) load.transfers());
    pair.without.add(load);
  }

  /** Of the gateway, of PostgreSQL, and of generator and receiver. */
  private long processorMicros() {
    return ProcessorTime.of(gateway.process().pid())
        + ProcessorTime.ofFamily(rig.serverPid())
        + ProcessorTime.of(ProcessHandle.current().pid());
  }

  /** The machine's own part of it: as much work, which has nothing to do with the gateway. */
  private void besideWork(Slices slices) {
    for (int slice = 0; slice < 2; slice++) {
      Future<Long> work = vertx.executeBlocking(() -> work(System.nanoTime()), false);
      slices.add(load("other work", settings.seconds()));
      Awaiting.result(work);
    }
  }

  /** Works as long as a slice takes, in pieces that come as often as events. */
  private long work(long from) throws InterruptedException {
    long pieces = (long) settings.rate() * settings.seconds();
    long turns = 0;
    for (long piece = 0; piece < pieces; piece++) {
      long due = from + piece * TimeUnit.SECONDS.toNanos(1) / settings.rate();
      TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
      long begun = System.nanoTime();
      while (System.nanoTime() - begun < NANOS_OF_AN_EVENT) {
        turns++;
      }
    }
    return turns;
  }

  private String listen(EventReceiver receiver) throws Exception {
    return api.post(
            ENDPOINTS, "{\"url\":\"%s\",\"enabled_events\":[\"*\"]}".formatted(receiver.url()))
        .get("id")
        .textValue();
  }

  private void awaitAll(EventReceiver receiver, long events) throws InterruptedException {
    long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(settings.limitSeconds());
    while (receiver.heard() < events) {
      if (System.nanoTime() > limit) {
        throw new IllegalStateException(receiver.heard() + " events told of " + events);
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  /** A LOT asset, of which every participant gets one credit. */
  private String lotAsset() throws Exception {
    String asset =
        api.post(
                "/v1/assets",
                """
                {"program_id":"%s","name":"Lots","symbol":"LOTS","inventory_mode":"LOT",\
                "issuance_policy":"UNLIMITED","scale":2}\
                """
                    .formatted(target.program()))
            .get("id")
            .textValue();
    String credit =
        """
        {"program_id":"%s","asset_id":"%s","type":"CREDIT","amount":"1","description":"load",\
        "expires_at":"%s"}\
        """
            .formatted(target.program(), asset, Instant.now().plus(1, ChronoUnit.DAYS));
    api.many(
        settings.participants(),
        i -> "/v1/participants/" + target.participants().get(i) + "/balances/adjust",
        i -> credit,
        JsonNode::toString);
    return asset;
  }

  private boolean besideExpiry(DueLotBooks books) throws Exception {
    long before = books.expired().lots();
    var alone = new Slices();
    besideNothing(alone);
    int dueSeconds = LEAST_DUE_SECONDS + settings.lots() / LOTS_WRITTEN_PER_SECOND;
    Instant due = Instant.now().plusSeconds(dueSeconds);
    books.write(each(1), dueSeconds);
    Duration left = Duration.between(Instant.now(), due);
    System.out.printf("  %,d lots written, %d s too early%n", settings.lots(), left.toSeconds());
    TimeUnit.MILLISECONDS.sleep(Math.max(0, left.toMillis()));
    var beside = new Slices();
    while (books.areSomeLeft()
        && Instant.now().isBefore(due.plusSeconds(settings.limitSeconds()))) {
      beside.add(load("lots expire", settings.seconds()));
    }
    besideNothing(alone);
    DueLotBooks.Expired all = books.expired();
    long lots = all.lots() - before;
    long times = all.times() - before;
    System.out.printf("  %,d lots expired, %,d times%n", lots, times);
    double seconds = Duration.between(due, all.last()).toMillis() / 1e3;
    told("expiry-seconds", seconds, "of at most " + settings.limitSeconds());
    told("expired-lots-per-second", lots / seconds, "of " + settings.lots());
    if (!beside.isEmpty()) {
      atMost("expiry-p99-ratio", beside.p99Ratio(alone), MOST_BESIDE_EXPIRY);
    }
    return lots == settings.lots() && times == settings.lots();
  }

  private void besideNothing(Slices alone) {
    for (int slice = 0; slice < settings.rounds(); slice++) {
      alone.add(load("nothing expires", settings.seconds()));
    }
  }

  private void atMost(String name, double value, double limit) {
    told(name, value, "≤" + limit + (value <= limit ? " YES" : " NO"));
  }

  private void told(String name, double value, String rest) {
    goals.add(String.format(Locale.ROOT, "%s %.3f %s", name, value, rest));
  }
}
