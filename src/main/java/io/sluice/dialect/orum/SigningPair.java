package io.sluice.dialect.orum;

import io.sluice.access.SecretBox;
import io.sluice.dialect.Known;
import io.sluice.ledger.Ids;
import io.sluice.ledger.TenantId;
import io.sluice.loop.EventLoop;
import io.sluice.store.orum.KeyPair;
import io.sluice.store.orum.WebhookStore;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Each enterprise's pair of keys: made once, the private one kept encrypted, the public one shown.
 * All of a process's signatures are made by one thread, one after the other. Used by any thread.
 */
final class SigningPair {
  private static final String ALGORITHM = "RSA";
  private static final int BITS = 2048;
  private static final String SIGNATURE = "SHA256withRSA";
  private static final int LINE_CHARS = 64;

  /** Pairs that are kept to sign with, encrypted. */
  private static final int MAX_KEPT = 1_000;

  /** So much later a pair signs that has been put in another one's place in the database. */
  private static final Duration KEPT = Duration.ofSeconds(10);

  /** Of the thread, which all objects of this class share that use the same Vert.x. */
  private static final String THREAD = "sluice-signatures";

  private final Ids ids;
  private final Supplier<Instant> now;
  private final WebhookStore store;
  private final SecretBox box;

  private final Known<String, KeyPair> kept;

  /** Made when it is first needed. */
  private Optional<WorkerExecutor> thread = Optional.empty();

  /** Pairs that are being made. */
  private final Map<TenantId, Future<KeyPair>> flights = new ConcurrentHashMap<>();

  /**
   * @param now when a pair is made
   * @param box what private keys are kept in
   */
  SigningPair(Ids ids, Supplier<Instant> now, WebhookStore store, SecretBox box) {
    this.ids = ids;
    this.now = now;
    this.store = store;
    this.box = box;
    this.kept =
        Known.forAWhile(
            MAX_KEPT,
            KEPT,
            (tenant, keys) ->
                store
                    .findInBackground(tenant)
                    .map(found -> found.map(pair -> Map.of(ALGORITHM, pair)).orElse(Map.of())));
  }

  /** To be shown, and from then on signed with in this process. */
  Future<Optional<KeyPair>> find(TenantId tenant) {
    return store.find(tenant).onSuccess(found -> kept.forget(tenant, ALGORITHM));
  }

  /** The enterprise's pair to be shown, which is made if there is none. */
  Future<KeyPair> findOrMake(TenantId tenant) {
    return orMade(tenant, find(tenant));
  }

  private Future<KeyPair> orMade(TenantId tenant, Future<Optional<KeyPair>> found) {
    return found.compose(pair -> pair.map(Future::succeededFuture).orElseGet(() -> make(tenant)));
  }

  /** Many who need the same at once wait for one: to draw keys takes a processor a long time. */
  private Future<KeyPair> make(TenantId tenant) {
    Promise<KeyPair> made = Promise.promise();
    Future<KeyPair> earlier = flights.putIfAbsent(tenant, made.future());
    if (earlier != null) {
      Promise<KeyPair> shared = EventLoop.callersPromise();
      earlier.onComplete(shared);
      return shared.future();
    }
    return offTheLoop(() -> newPair(tenant))
        .compose(store::insert)
        .onComplete(done -> flights.remove(tenant))
        .onComplete(made);
  }

  /** The signature of a text, in Base64. */
  Future<String> sign(TenantId tenant, Buffer text) {
    return orMade(tenant, kept.find(tenant, ALGORITHM))
        .compose(pair -> offTheLoop(() -> signed(pair, text)));
  }

  /**
   * Keys are drawn and used for so long that an event loop would be missed meanwhile; one at a time
   * in a process, so that this keeps one processor busy at most.
   */
  private <T> Future<T> offTheLoop(Callable<T> work) {
    return thread().executeBlocking(work, true);
  }

  private synchronized WorkerExecutor thread() {
    WorkerExecutor one =
        thread.orElseGet(
            () -> Vertx.currentContext().owner().createSharedWorkerExecutor(THREAD, 1));
    thread = Optional.of(one);
    return one;
  }

  private KeyPair newPair(TenantId tenant) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(ALGORITHM);
    generator.initialize(BITS);
    java.security.KeyPair drawn = generator.generateKeyPair();
    return new KeyPair(
        tenant,
        ids.next(),
        pem(drawn.getPublic().getEncoded()),
        Buffer.buffer(box.seal(place(tenant), drawn.getPrivate().getEncoded())),
        now.get());
  }

  private String signed(KeyPair pair, Buffer text) throws GeneralSecurityException {
    byte[] encoded = box.open(place(pair.tenant()), pair.privateKey().getBytes());
    Signature signature = Signature.getInstance(SIGNATURE);
    signature.initSign(
        KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(encoded)));
    signature.update(text.getBytes());
    return Base64.getEncoder().encodeToString(signature.sign());
  }

  private static String place(TenantId tenant) {
    return Names.DIALECT + ":" + tenant.value();
  }

  private static String pem(byte[] encoded) {
    var lines = Base64.getMimeEncoder(LINE_CHARS, "\n".getBytes(StandardCharsets.US_ASCII));
    return "-----BEGIN PUBLIC KEY-----\n"
        + lines.encodeToString(encoded)
        + "\n-----END PUBLIC KEY-----\n";
  }
}
