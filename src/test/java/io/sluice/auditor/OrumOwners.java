package io.sluice.auditor;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.Reply;
import io.sluice.testing.TestClient;
import io.sluice.testing.Waiting;
import java.util.UUID;

/** Persons and businesses of one worker, which own subledgers. */
record OrumOwners(TestClient client) {
  static final String VERIFIED = "verified";
  static final String CLOSED = "closed";

  enum Kind {
    PERSON("person", "/deliver/persons"),
    BUSINESS("business", "/deliver/businesses");

    private final String word;
    private final String path;

    Kind(String word, String path) {
      this.word = word;
      this.path = path;
    }

    /** The name that makes the sandbox come to a verdict. */
    private String named(String verdict) {
      return switch (this) {
        case PERSON -> "\"first_name\":\"%s\",\"last_name\":\"person\"".formatted(verdict);
        case BUSINESS -> "\"legal_name\":\"%s business\"".formatted(verdict);
      };
    }
  }

  /** Verified, rejected or restricted for a while, and closed in the end. */
  static final class Owner {
    final Kind kind;
    final String id;
    final String reference;
    String status = "created";

    Owner(Kind kind, String id, String reference) {
      this.kind = kind;
      this.id = id;
      this.reference = reference;
    }

    private String path() {
      return kind.path + "/" + id;
    }

    boolean isClosed() {
      return status.equals(CLOSED);
    }

    /** Whether it may neither pay nor receive. */
    boolean isUnfit() {
      return status.equals("rejected") || status.equals("restricted");
    }
  }

  Owner create(Kind kind) {
    String reference = UUID.randomUUID().toString();
    String body =
        "{\"customer_reference_id\":\"%s\",%s}".formatted(reference, kind.named(VERIFIED));
    Reply reply = client.post(kind.path, body);
    assertThat(statusIn(reply, kind)).as(reply.toString()).isEqualTo("created");
    var made = new Owner(kind, reply.json().at("/" + kind.word + "/id").textValue(), reference);
    await(made, VERIFIED);
    return made;
  }

  private static String statusIn(Reply reply, Kind kind) {
    return reply.json().at("/" + kind.word + "/status").textValue();
  }

  private void await(Owner changed, String status) {
    changed.status = status;
    Waiting.until(() -> statusIn(client.get(changed.path()), changed.kind).equals(status));
  }

  /** Another name leads to another verdict, but for one that is closed. */
  void rename(Owner owner, String verdict) {
    Reply reply = client.send("PATCH", owner.path(), "{" + owner.kind.named(verdict) + "}");
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    if (owner.isClosed()) {
      assertThat(statusIn(reply, owner.kind)).isEqualTo(CLOSED);
    } else {
      await(owner, verdict);
    }
  }

  /** For good. */
  void close(Owner owner) {
    Reply reply = client.send("DELETE", owner.path(), new byte[0]);
    assertThat(statusIn(reply, owner.kind)).as(reply.toString()).isEqualTo(CLOSED);
    owner.status = CLOSED;
  }
}
