package io.sluice.access;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import io.sluice.loop.EventLoop;
import io.sluice.share.Shares;
import io.sluice.share.Turns;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Argon2id on a few threads of its own, with a bounded number of waiting calls. Addresses have
 * shares of the places and are served in turn.
 */
public final class Passwords {
  private static final int PARALLELISM = 1;
  private static final int HASH_BYTES = 32;
  private static final int SALT_BYTES = 16;

  private final PasswordCost cost;
  private final Argon2Function argon2;
  private final WorkerExecutor workers;
  private final Shares<ClientAddress> places;
  private final Turns<ClientAddress, Runnable> waiting = new Turns<>();
  private int running;
  private final SecureRandom random = new SecureRandom();
  private final String decoy;

  public Passwords(Vertx vertx, PasswordCost cost) {
    this.cost = cost;
    this.argon2 =
        Argon2Function.getInstance(
            cost.memoryKib(), cost.iterations(), PARALLELISM, HASH_BYTES, Argon2.ID);
    this.workers = vertx.createSharedWorkerExecutor("sluice-passwords", cost.maxConcurrent());
    this.places = new Shares<>(cost.maxConcurrent() + cost.maxWaiting());
    this.decoy = decoy(cost);
  }

  /** The password's hash with its salt and parameters; fails with {@link AccessBusy}. */
  Future<String> hash(String password) {
    return run(
        ClientAddress.NONE,
        () ->
            argon2
                .hash(password.getBytes(java.nio.charset.StandardCharsets.UTF_8), bytes(SALT_BYTES))
                .getResult());
  }

  /**
   * Whether the password is the one behind the hash. Without a hash the answer is no, at the same
   * cost, so that nobody learns from the time taken which users exist. Fails with {@link
   * AccessBusy}.
   *
   * @param address from where it was sent
   */
  Future<Boolean> matches(String password, Optional<String> hash, ClientAddress address) {
    String expected = hash.orElse(decoy);
    return run(
        address,
        () ->
            Argon2Function.getInstanceFromHash(expected).check(password, expected)
                && hash.isPresent());
  }

  /**
   * Random bytes in the form of a hash: they cost a check as much as a real one does, and making
   * them costs the start nothing.
   */
  private String decoy(PasswordCost cost) {
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
    return "$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s"
        .formatted(
            argon2.getVersion(),
            cost.memoryKib(),
            cost.iterations(),
            PARALLELISM,
            base64.encodeToString(bytes(SALT_BYTES)),
            base64.encodeToString(bytes(HASH_BYTES)));
  }

  /** What users that do not exist are checked against. */
  String decoy() {
    return decoy;
  }

  /** Hashes that are computed or waited for now. */
  int hashing() {
    return (int) places.used();
  }

  private <T> Future<T> run(ClientAddress address, Callable<T> work) {
    var place = places.holding(address);
    if (!place.take(1)) {
      return Future.failedFuture(new AccessBusy());
    }
    Promise<T> promise = EventLoop.callersPromise();
    await(
        address,
        () ->
            workers
                .executeBlocking(work, false)
                .onComplete(
                    result -> {
                      place.release();
                      startNext();
                      promise.handle(result);
                    }));
    return promise.future();
  }

  private synchronized void await(ClientAddress address, Runnable start) {
    if (running < cost.maxConcurrent()) {
      running++;
      start.run();
    } else {
      waiting.add(address, start);
    }
  }

  private synchronized void startNext() {
    waiting.next().ifPresentOrElse(Runnable::run, () -> running--);
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }
}
