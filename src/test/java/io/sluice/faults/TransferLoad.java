package io.sluice.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.Json;
import io.sluice.testing.GatewayProcess;
import io.sluice.testing.Patience;
import io.sluice.testing.Waiting;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Clients that move one cent after the other between the demo's ledgers, each time with a key of
 * its own, and note what they were answered.
 */
final class TransferLoad implements AutoCloseable {
  private static final int CREATED = 201;
  private static final int SERVER_ERRORS = 500;
  private static final int UNAVAILABLE = 503;
  private static final Duration TIMEOUT = Patience.LIMIT;
  private static final long PAUSE_NANOS = 20_000_000;
  private static final Pattern CALL =
      Pattern.compile(
          "(http://[^ ]+/v1/ledgers/[^ ]+/transfer).*Authorization: (Bearer [^']+)'"
              + ".*\"destination_ledger_id\":\"([^\"]+)\"");

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
  private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Future<?>> running = new ArrayList<>();
  private final Map<UUID, String> acknowledged = new ConcurrentHashMap<>();
  private final Set<UUID> unanswered = ConcurrentHashMap.newKeySet();
  private final Map<Integer, String> refusals = new ConcurrentHashMap<>();
  private final Set<String> unexplained = ConcurrentHashMap.newKeySet();
  private final AtomicInteger requests = new AtomicInteger();
  private volatile boolean stopped;
  private volatile List<Target> targets;

  private record Target(URI uri, String authorization, String destination) {
    static Target of(String line) {
      Matcher call = CALL.matcher(line);
      assertThat(call.find()).isTrue();
      return new Target(URI.create(call.group(1)), call.group(2), call.group(3));
    }

    Target at(String baseUrl) {
      return new Target(URI.create(baseUrl + uri.getPath()), authorization, destination);
    }
  }

  /** From now on requests go to this gateway. */
  void aimAt(GatewayProcess gateway) {
    targets = List.of(Target.of(gateway.call("/v1/ledgers/")));
  }

  /**
   * From now on requests go to these gateways in turn, as a balancer sends them.
   *
   * @param call the line for a shell that says what is sent
   */
  void aimAt(String call, GatewayProcess... gateways) {
    Target target = Target.of(call);
    targets = Stream.of(gateways).map(gateway -> target.at(gateway.baseUrl())).toList();
  }

  void start(int clientCount) {
    for (int i = 0; i < clientCount; i++) {
      running.add(
          clients.submit(
              () -> {
                while (!stopped) {
                  send(UUID.randomUUID());
                }
              }));
    }
  }

  /** Sends nothing more, and waits until what was sent is answered or is known not to be. */
  void stop() {
    stopped = true;
    for (Future<?> client : running) {
      join(client);
    }
  }

  private static <T> T join(Future<T> client) {
    try {
      return client.get();
    } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
      throw new AssertionError("a client failed", e);
    }
  }

  int acknowledged() {
    return acknowledged.size();
  }

  /** Keys of which it is not known what became of them. */
  Set<UUID> unanswered() {
    return Set.copyOf(unanswered);
  }

  /** Sends keys again, each once; how many were carried out, now or before. */
  int sendAgain(Set<UUID> keys) {
    return (int)
        keys.stream().map(key -> clients.submit(() -> send(key))).toList().stream()
            .filter(TransferLoad::join)
            .count();
  }

  /** Answers of 5xx that do not say that nothing was done and when to come again. */
  Set<String> unexplained() {
    return Set.copyOf(unexplained);
  }

  /** One body for each status but success. */
  Map<Integer, String> refusals() {
    return Map.copyOf(refusals);
  }

  /**
   * Sends every key again until it is answered: the answers are the noted ones, and nothing stays
   * unanswered.
   */
  void sendEverythingAgain() {
    Map<UUID, String> before = Map.copyOf(acknowledged);
    Set<UUID> keys = new HashSet<>(before.keySet());
    keys.addAll(unanswered);
    acknowledged.clear();
    List<Future<?>> again = new ArrayList<>();
    keys.forEach(key -> again.add(clients.submit(() -> Waiting.until(() -> send(key)))));
    again.forEach(TransferLoad::join);
    assertThat(acknowledged).as(refusals.toString()).containsOnlyKeys(keys);
    assertThat(acknowledged).containsAllEntriesOf(before);
  }

  /** Whether it was carried out, now or before. */
  private boolean send(UUID key) {
    try {
      HttpResponse<String> answer = http.send(request(key), BodyHandlers.ofString());
      if (answer.statusCode() == CREATED) {
        acknowledged.put(key, answer.body());
        unanswered.remove(key);
        return true;
      }
      refusals.put(answer.statusCode(), answer.body());
      boolean saysWhen = answer.headers().firstValue("Retry-After").isPresent();
      boolean isExplained = answer.statusCode() == UNAVAILABLE && saysWhen;
      if (answer.statusCode() >= SERVER_ERRORS && !isExplained) {
        unexplained.add(answer.statusCode() + " " + answer.body());
      }
      requireErrorShape(answer);
    } catch (IOException _) {
      // Nobody there, or nobody any more: its fate is not known.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    if (!acknowledged.containsKey(key)) {
      unanswered.add(key);
    }
    LockSupport.parkNanos(PAUSE_NANOS);
    return false;
  }

  private HttpRequest request(UUID key) {
    List<Target> all = targets;
    Target now = all.get(Math.floorMod(requests.getAndIncrement(), all.size()));
    String body =
        "{\"destination_ledger_id\":\"%s\",\"amount\":1,\"description\":\"x\",\"transaction_id\":\"%s\"}"
            .formatted(now.destination(), key);
    return HttpRequest.newBuilder(now.uri())
        .timeout(TIMEOUT)
        .header("Authorization", now.authorization())
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  private static void requireErrorShape(HttpResponse<String> answer) {
    JsonNode json = Json.parse(answer.body());
    assertThat(json.path("code").asText()).as(answer.body()).matches("[a-z_]+\\.[a-z_]+");
    assertThat(json.path("message").asText()).as(answer.body()).isNotBlank();
  }

  @Override
  public void close() {
    stopped = true;
    http.shutdownNow();
    clients.shutdownNow();
  }
}
