package io.sluice.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What is stored was made with it, so its bytes must never change. */
class DigestTest {
  @Property
  void isSha256OfLengthsAndFields(
      @ForAll List<String> texts, @ForAll long high, @ForAll long low, @ForAll int number)
      throws IOException, NoSuchAlgorithmException {
    var fields = new ByteArrayOutputStream();
    var data = new DataOutputStream(fields);
    Digest digest = Digest.start().add(number).add(new UUID(high, low));
    data.writeInt(number);
    data.writeInt(16);
    data.writeLong(high);
    data.writeLong(low);
    for (String text : texts) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      data.writeInt(bytes.length);
      data.write(bytes);
      digest.add(text);
    }

    byte[] sha256 = digest.toBytes();

    assertThat(sha256).isEqualTo(MessageDigest.getInstance("SHA-256").digest(fields.toByteArray()));
  }

  @Test
  void isWhatItAlwaysWas() {
    UUID derived = Digest.start().add("scope").add((String) null).add((UUID) null).add(7).toUuid();

    assertThat(derived).hasToString("4c535495-61db-8a31-ab49-8f64d1e77022");
  }

  @Test
  void growsWithItsFields() {
    Digest whole = Digest.start().add("x".repeat(10_000)).add("y");
    Digest other = Digest.start().add("x".repeat(10_000)).add("z");

    assertThat(whole.toUuid()).isNotEqualTo(other.toUuid());
  }
}
