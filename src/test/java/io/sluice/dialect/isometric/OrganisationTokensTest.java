package io.sluice.dialect.isometric;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.Reply;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The tokens that an administrator makes for organisations of the registry. */
class OrganisationTokensTest {
  private final IsometricWorld world = IsometricWorld.create();

  @Test
  void opensTheRegistryToTheOrganisation() {
    // Given
    String token = make(world.seller().id()).json().path("token").textValue();

    // When
    Reply own =
        world
            .gateway()
            .client()
            .with("X-Client-Secret", world.secret())
            .with("Authorization", "Bearer " + token)
            .get("/registry/v0/organisation");

    // Then
    assertThat(own.status()).as(own.toString()).isEqualTo(200);
    assertThat(own.json().path("id").textValue()).isEqualTo(world.seller().id());
  }

  @Test
  void isForNobodyButAnOrganisationOfTheTenantAndEnvironment() {
    // Given
    String ofAnother = IsometricWorld.create().seller().id();
    String ofTheSandbox = new IdCodec(Environment.SANDBOX).encode(IdPrefix.ORGANISATION, seller());

    // When
    List<Reply> replies =
        List.of(
            make(ofAnother),
            make(ofTheSandbox),
            make(world.supplier()),
            make("org" + IsometricWorld.NOBODY));

    // Then
    assertThat(replies)
        .allSatisfy(
            reply -> {
              assertThat(reply.status()).isEqualTo(404);
              assertThat(reply.json().path("error").textValue()).isEqualTo("unknown_organisation");
            });
  }

  private UUID seller() {
    return world.seller().holder();
  }

  private Reply make(String organisation) {
    return world
        .gateway()
        .admin()
        .post(
            "/admin/tenants/" + world.tenant().value() + "/credentials/organisation-tokens",
            "{\"label\":\"test\",\"organisation_id\":\"" + organisation + "\"}");
  }
}
