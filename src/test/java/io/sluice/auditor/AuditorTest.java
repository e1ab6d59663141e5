package io.sluice.auditor;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.ledger.TenantId;
import io.sluice.testing.Reply;
import io.sluice.testing.SettableClock;
import io.sluice.testing.TestingGateway;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * Thousands of random commands over all dialects, 32 at a time, each answer predicted by a model
 * that knows nothing of the gateway; afterwards the books are verified. The workers of a tenant own
 * accounts of their own, so that each can predict its answers, and share the tenant, the batches
 * and the lanes.
 */
class AuditorTest {
  private static final int WORKERS = 32;
  private static final int TENANTS = 8;

  /** How far the clock goes at once, while nothing is under way: some lots have expired then. */
  static final Duration STEP = Duration.ofMinutes(5);

  private static final int STEPS = 8;

  /** What each enterprise of Orum's has, never to run dry. */
  static final long ENTERPRISE_CENTS = 1_000_000_000;

  /** As many as a build has time for; a system property asks for more. */
  private static final int COMMANDS = Integer.getInteger("sluice.auditor.commands", 6_400);

  @Test
  void everyAnswerIsAsPredictedAndTheBooksAreWhole() throws Exception {
    // Given
    long seed = Long.getLong("sluice.auditor.seed", System.nanoTime());
    System.out.println("auditor: " + COMMANDS + " commands, seed " + seed);
    var clock = SettableClock.atPresent();
    try (TestingGateway gateway = TestingGateway.start(clock)) {
      List<TenantId> tenants = tenants(gateway);

      var books = new AuditedBooks(gateway);

      // When
      run(books, tenants, seed, clock);

      // Then
      books.assertWhole(tenants);
      System.out.println("auditor: " + books.kinds());
    }
  }

  private static List<TenantId> tenants(TestingGateway gateway) {
    var tenants = new ArrayList<TenantId>();
    for (int i = 0; i < TENANTS; i++) {
      TenantId tenant = gateway.newTenant();
      administer(gateway, tenant, "/orum/enterprise", "{\"name\":\"E\",\"reference\":\"e\"}");
      administer(
          gateway,
          tenant,
          "/orum/enterprise/funding",
          "{\"amount\":" + ENTERPRISE_CENTS + ",\"reference\":\"f\"}");
      tenants.add(tenant);
    }
    return tenants;
  }

  private static void administer(
      TestingGateway gateway, TenantId tenant, String path, String body) {
    Reply reply =
        gateway.administer("orum", "POST", "/admin/tenants/" + tenant.value() + path, body);
    assertThat(reply.status() / 100).as(reply.toString()).isEqualTo(2);
  }

  private static void run(
      AuditedBooks books, List<TenantId> tenants, long seed, SettableClock clock)
      throws InterruptedException, ExecutionException {
    try (var threads = Executors.newFixedThreadPool(WORKERS)) {
      var workers = new ArrayList<Worker>();
      for (int i = 0; i < WORKERS; i++) {
        TenantId tenant = tenants.get(i % TENANTS);
        workers.add(Worker.of(books, tenant, new Random(seed + i), clock));
      }
      for (int step = 0; step < STEPS; step++) {
        together(threads, workers, Worker::work);
        clock.advance(STEP);
        books.bringUpToDate();
        together(threads, workers, worker -> worker.worlds().forEach(World::timePassed));
      }
      together(threads, workers, worker -> worker.worlds().forEach(World::finish));
    }
  }

  private static void together(ExecutorService threads, List<Worker> workers, Consumer<Worker> task)
      throws InterruptedException, ExecutionException {
    var running = new ArrayList<Future<?>>();
    workers.forEach(worker -> running.add(threads.submit(() -> task.accept(worker))));
    for (Future<?> each : running) {
      each.get();
    }
  }

  private record Worker(List<World> worlds, Random random) {
    static Worker of(AuditedBooks books, TenantId tenant, Random random, SettableClock clock) {
      TestingGateway gateway = books.gateway();
      return new Worker(
          List.of(
              new ScripWorld(books, tenant, random, clock),
              new IsometricWorld(gateway, tenant, random),
              new OrumWorld(gateway, tenant, random),
              new CorebanqWorld(gateway, tenant, random, clock)),
          random);
    }

    /** Half of it is Scrip's, which has most to foretell. */
    void work() {
      for (int i = 0; i < COMMANDS / WORKERS / STEPS; i++) {
        worlds.get(Math.max(0, random.nextInt(2 * worlds.size() - 2) - worlds.size() + 2)).step();
      }
    }
  }
}
