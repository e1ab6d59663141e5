package io.sluice.dialect.orum;

import io.sluice.access.SecretBox;
import io.sluice.ledger.Ids;
import io.sluice.ledger.TenantId;
import io.sluice.loop.EventLoop;
import io.sluice.store.orum.KeyPair;
import io.sluice.store.orum.WebhookStore;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Each enterprise's pair of keys: made once, the private one kept encrypted, the public one shown.
 * Used by any thread.
 */
final class SigningPair {
  private static final String ALGORITHM = "RSA";
  private static final int BITS = 2048;
  private static final String SIGNATURE = "SHA256withRSA";
  private static final int LINE_CHARS = 64;

  private final Ids ids;
  private final Supplier<Instant> now;
  private final WebhookStore store;
  private final SecretBox box;

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
  }

  Future<Optional<KeyPair>> find(TenantId tenant) {
    return store.find(tenant);
  }

  /** The enterprise's pair, which is made if there is none. */
  Future<KeyPair> findOrMake(TenantId tenant) {
    return store
        .find(tenant)
        .compose(found -> found.map(Future::succeededFuture).orElseGet(() -> make(tenant)));
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
    return findOrMake(tenant).compose(pair -> offTheLoop(() -> signed(pair, text)));
  }

  /**
   * Keys are drawn and used for so long that an event loop would be missed meanwhile; one at a time
   * for each event loop, so that what is signed for deliveries keeps one processor busy at most.
   */
  private static <T> Future<T> offTheLoop(Callable<T> work) {
    Context context = Vertx.currentContext();
    return context.executeBlocking(work, true);
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
