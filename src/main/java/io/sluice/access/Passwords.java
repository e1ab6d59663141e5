package io.sluice.access;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/** Argon2id on a few threads of its own, with a bounded number of waiting calls. */
public final class Passwords {
  private static final int PARALLELISM = 1;
  private static final int HASH_BYTES = 32;
  private static final int SALT_BYTES = 16;

  private final PasswordCost cost;
  private final Argon2Function argon2;
  private final WorkerExecutor workers;
  private final AtomicInteger running = new AtomicInteger();
  private final SecureRandom random = new SecureRandom();
  private final Future<String> decoy;

  public Passwords(Vertx vertx, PasswordCost cost) {
    this.cost = cost;
    this.argon2 =
        Argon2Function.getInstance(
            cost.memoryKib(), cost.iterations(), PARALLELISM, HASH_BYTES, Argon2.ID);
    this.workers = vertx.createSharedWorkerExecutor("sluice-passwords", cost.maxConcurrent());
    this.decoy = hash(Base64.getEncoder().encodeToString(salt()));
  }

  /** The password's hash with its salt and parameters; fails with {@link PasswordsBusy}. */
  Future<String> hash(String password) {
    return run(
        () ->
            argon2
                .hash(password.getBytes(java.nio.charset.StandardCharsets.UTF_8), salt())
                .getResult());
  }

  /**
   * Whether the password is the one behind the hash. Without a hash the answer is no, at the same
   * cost, so that nobody learns from the time taken which users exist. Fails with {@link
   * PasswordsBusy}.
   */
  Future<Boolean> matches(String password, Optional<String> hash) {
    return hash.map(Future::succeededFuture)
        .orElse(decoy)
        .compose(
            expected ->
                run(
                    () ->
                        Argon2Function.getInstanceFromHash(expected).check(password, expected)
                            && hash.isPresent()));
  }

  private <T> Future<T> run(Callable<T> work) {
    if (running.incrementAndGet() > cost.maxConcurrent() + cost.maxWaiting()) {
      running.decrementAndGet();
      return Future.failedFuture(new PasswordsBusy());
    }
    return workers.executeBlocking(work, false).onComplete(done -> running.decrementAndGet());
  }

  private byte[] salt() {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    return salt;
  }
}
