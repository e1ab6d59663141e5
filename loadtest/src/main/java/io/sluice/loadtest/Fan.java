package io.sluice.loadtest;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Measures what a tenant suffers from another one that has as many webhooks as it may, none of
 * which can be reached, and makes as many transfers as it is let.
 */
public final class Fan {
  private static final String USAGE =
      "options: --seconds=10 (1 to 60) --warm-up=15 (1 to 120) --webhooks=100 (1 to 100)"
          + " --postgresql=DIRECTORY or embedded (the default is the installed one) --jar=FILE"
          + " (else the compiled classes)";

  private static final int LEDGERS = 1_000;
  private static final int VICTIM_CONNECTIONS = 4;
  private static final int ATTACKER_CONNECTIONS = 48;
  private static final long CENTS = 1_000_000;
  private static final String SUBLEDGER = "all";

  private final Vertx vertx;
  private final int seconds;
  private final Target victim;
  private final Api attacker;
  private final List<String> goals = new ArrayList<>();
  private long failed;

  private Fan(Vertx vertx, int seconds, Target victim, Api attacker) {
    this.vertx = vertx;
    this.seconds = seconds;
    this.victim = victim;
    this.attacker = attacker;
  }

  /** Ends with 1 when a request failed or the books are not whole. */
  public static void main(String[] args) throws Exception {
    var options = new Options(args, USAGE);
    int seconds = options.number("seconds", 10, 1, 60);
    int warmUp = options.number("warm-up", 15, 1, 120);
    int webhooks = options.number("webhooks", 100, 1, 100);
    var postgresql = options.text("postgresql");
    var jar = options.text("jar").map(Path::of);
    options.end();
    boolean clean;
    try (var cleanup = new Cleanup()) {
      ProductRig rig = ProductRig.open(cleanup, "fan", postgresql, jar);
      Map<String, String> loopback = Map.of("SLUICE_EVENTS_ALLOWED_NETWORKS", "127.0.0.1/32");
      Product.Gateway gateway = rig.product().gateway(rig.database(), loopback, cleanup);
      var provision =
          new Provision(
              gateway.target().port(), gateway.managementPort(), rig.product().adminToken());
      Target victim = provision.ledgers("victim", LEDGERS);
      Api attacker = provision.enterprise("attacker", CENTS);
      attacker.post(
          "/deliver/subledgers",
          "{\"subledger_reference_id\":\"%s\",\"customer_reference_id\":\"enterprise\"}"
              .formatted(SUBLEDGER));
      var fan = new Fan(rig.vertx(), seconds, victim, attacker);
      fan.measure(warmUp, webhooks);
      clean = rig.conclude(gateway, fan.goals) && fan.failed == 0;
    }
    System.exit(clean ? 0 : 1);
  }

  private void measure(int warmUp, int webhooks) throws Exception {
    System.out.println("warming up");
    victim(transfers(), warmUp);
    victim(reads(), Math.max(1, warmUp / 2));
    say("alone", Future.succeededFuture());
    beside("an attacker without webhooks");
    listen(webhooks);
    beside("one with " + webhooks);
    beside("one with " + webhooks + ", later");
    say("after it", Future.succeededFuture());
  }

  private void beside(String who) {
    say(
        who,
        Push.run(vertx, Requests.orum(attacker, SUBLEDGER), ATTACKER_CONNECTIONS, 0, 2 * seconds));
  }

  private void say(String who, Future<Push.Result> attack) {
    Push.Result moved = victim(transfers(), seconds);
    Push.Result read = victim(reads(), seconds);
    System.out.println(who);
    System.out.println("  transfers: " + moved);
    System.out.println("  reads: " + read);
    Push.Result attacked = Awaiting.result(attack);
    if (attacked != null) {
      System.out.println("  the attacker: " + attacked);
      failed += attacked.failed();
    }
    String name = who.replaceAll("[^a-z0-9]+", "-");
    told(name + "-transfers-p50-ms", moved.admittedMs(50));
    told(name + "-transfers-p99-ms", moved.admittedMs(99));
    told(name + "-reads-p50-ms", read.admittedMs(50));
    told(name + "-reads-p99-ms", read.admittedMs(99));
  }

  private Push.Result victim(Requests requests, int forSeconds) {
    Push.Result result =
        Awaiting.result(Push.run(vertx, requests, VICTIM_CONNECTIONS, 0, forSeconds));
    failed += result.failed();
    return result;
  }

  private Requests transfers() {
    return Requests.ledger(victim, Workload.UNIFORM);
  }

  private Requests reads() {
    return Requests.reads(victim, "/balance");
  }

  /** Asks for every event at ports where nobody listens. */
  private void listen(int webhooks) throws IOException, InterruptedException {
    int nobody;
    try (var socket = new ServerSocket(0)) {
      nobody = socket.getLocalPort();
    }
    for (int i = 0; i < webhooks; i++) {
      attacker.post(
          "/webhooks/configurations",
          "{\"event_types\":[\"book_transfer_updated\"],\"enabled\":true,\"url\":\"https://127.0.0.1:%d/%d\"}"
              .formatted(nobody, i));
    }
  }

  private void told(String name, double value) {
    goals.add(String.format(Locale.ROOT, "%s %.3f - -", name, value));
  }
}
