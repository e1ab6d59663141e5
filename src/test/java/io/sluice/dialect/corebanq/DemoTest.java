package io.sluice.dialect.corebanq;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.dialect.Demonstration;
import io.sluice.ledger.TenantId;
import io.sluice.testing.Await;
import io.sluice.testing.Reply;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DemoTest {
  private final Room room = Room.shared();

  @Test
  void showsALineThatMovesValueEachTime() {
    // Given
    TenantId demo = room.newTenant();
    Demonstration demonstration =
        new Demonstration(demo, room.gateway().baseUrl(), room.gateway().issuer());
    Await.result(room.dialect().demonstrate(demonstration));

    // When
    String line = Await.result(room.dialect().demonstrate(demonstration)).text();

    // Then
    Pattern pattern =
        Pattern.compile(
            "# password \\w+, username demo\n"
                + "curl -sS -X POST (\\S+)(/v1/\\S+) -H 'Authorization: (Bearer \\S+)' -H"
                + " 'Content-Type: application/json' -d '(.*)'");
    Matcher matcher = pattern.matcher(line);
    assertThat(matcher.matches()).as(line).isTrue();
    for (int i = 1; i <= 2; i++) {
      String body =
          matcher
              .group(4)
              .replace("'$(cat /proc/sys/kernel/random/uuid)'", UUID.randomUUID().toString());
      Reply reply =
          room.anonymous().with("Authorization", matcher.group(3)).post(matcher.group(2), body);
      assertThat(reply.status()).as(reply.toString()).isEqualTo(201);
      assertThat(reply.json().at("/destination_entry/balance").longValue()).isEqualTo(1_250L * i);
    }
  }
}
