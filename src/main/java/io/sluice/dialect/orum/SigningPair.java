package io.sluice.dialect.orum;

import io.sluice.access.SecretBox;
import io.sluice.dialect.Services;
import io.sluice.ledger.TenantId;
import io.sluice.store.orum.KeyPair;
import io.sluice.store.orum.WebhookStore;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Each enterprise's pair of keys: made once, the private one kept encrypted, the public one shown.
 */
record SigningPair(Services services, WebhookStore store, SecretBox box) {
  private static final String ALGORITHM = "RSA";
  private static final int BITS = 2048;
  private static final String SIGNATURE = "SHA256withRSA";
  private static final int LINE_CHARS = 64;

  Future<Optional<KeyPair>> find(TenantId tenant) {
    return store.find(tenant);
  }

  /** The enterprise's pair, which is made if there is none. */
  Future<KeyPair> findOrMake(TenantId tenant) {
    return store
        .find(tenant)
        .compose(
            found ->
                found
                    .map(Future::succeededFuture)
                    .orElseGet(() -> offTheLoop(() -> newPair(tenant)).compose(store::insert)));
  }

  /** The signature of a text, in Base64. */
  Future<String> sign(TenantId tenant, Buffer text) {
    return findOrMake(tenant).compose(pair -> offTheLoop(() -> signed(pair, text)));
  }

  /** Keys are drawn and used for so long that an event loop would be missed meanwhile. */
  private static <T> Future<T> offTheLoop(Callable<T> work) {
    Context context = Vertx.currentContext();
    return context.executeBlocking(work, false);
  }

  private KeyPair newPair(TenantId tenant) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(ALGORITHM);
    generator.initialize(BITS);
    java.security.KeyPair drawn = generator.generateKeyPair();
    return new KeyPair(
        tenant,
        services.ids().next(),
        pem(drawn.getPublic().getEncoded()),
        Buffer.buffer(box.seal(place(tenant), drawn.getPrivate().getEncoded())),
        services.now());
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
