package io.sluice.dialect.isometric;

import static io.sluice.dialect.isometric.IsometricWorld.NOBODY;
import static io.sluice.dialect.isometric.IsometricWorld.TRANSFERS;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.dialect.isometric.IsometricWorld.Organisation;
import io.sluice.dialect.isometric.IsometricWorld.Request;
import io.sluice.testing.Reply;
import io.sluice.testing.TestClient;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TransferIdempotencyTest {
  private final IsometricWorld world = IsometricWorld.create();
  private final String key = UUID.randomUUID().toString();

  private Reply send(Request request) {
    return client(world.seller()).post(TRANSFERS, request.json());
  }

  private TestClient client(Organisation organisation) {
    return world.as(organisation).with("Idempotency-Key", key);
  }

  @Test
  void answersTheSameRequestWithTheSameBytes() {
    // Given
    Request request = world.request().of(world.issue(100).getFirst(), 40).notes("\"once\"");
    Reply first = send(request);
    assertThat(first.status()).as(first.toString()).isEqualTo(200);

    // When: also as another JSON text of the same meaning
    Reply second = send(request);
    Reply third =
        client(world.seller())
            .post(
                TRANSFERS,
                " {\"more\":1," + request.json().strip().substring(1).replace(":40", ":40.0"));

    // Then
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(third.status()).isEqualTo(200);
    assertThat(third.body()).isEqualTo(first.body());
    assertThat(world.kilograms(world.buyer())).isEqualTo(40);
  }

  @Test
  void refusesTheKeyForAnyOtherRequest() {
    // Given
    List<String> batches = world.issue(100, 100);
    Request request = world.request().of(batches.get(0), 40).notes("\"once\"");
    send(request);
    Organisation third = world.newOrganisation("Third", "third.example");
    String otherSupplier = world.newSupplier(world.buyer());
    Request base = world.request().notes("\"once\"");

    for (Request other :
        List.of(
            base.of(batches.get(0), 41),
            base.of(batches.get(1), 40),
            base.of(batches.get(0), 40).of(batches.get(1), 1),
            request.notes("null"),
            request.notes("\"twice\""),
            request.to(third.id()),
            request.supplier(otherSupplier),
            // Broken ones too: what the key stands for comes first.
            base,
            request.to("org" + NOBODY),
            request.to(world.seller().id()),
            request.of("ctb" + NOBODY, 1))) {
      // When
      Reply reply = send(other);

      // Then
      assertThat(reply.status()).as(other + "\n" + reply).isEqualTo(409);
      assertThat(reply.json().get("detail").textValue())
          .isEqualTo("This Idempotency-Key was used with a different request");
    }
    assertThat(world.kilograms(world.buyer())).isEqualTo(40);
  }

  @Test
  void doesNotSpendTheKeyOnARefusal() {
    // Given
    String batch = world.issue(100).getFirst();
    assertThat(send(world.request().of(batch, 101)).status()).isEqualTo(400);
    assertThat(send(world.request()).status()).isEqualTo(400);

    // When
    Reply reply = send(world.request().of(batch, 100));

    // Then
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
  }

  @Test
  void keepsTheKeysOfOrganisationsApart() {
    // Given
    List<String> batches = world.issue(100, 100);
    world.transfer(world.request().of(batches.get(1), 100));
    Request back =
        world.request().from(world.buyer().id()).to(world.seller().id()).of(batches.get(1), 100);

    // When
    Reply ours = send(world.request().of(batches.get(0), 100));
    Reply theirs = client(world.buyer()).post(TRANSFERS, back.json());

    // Then
    assertThat(ours.status()).as(ours.toString()).isEqualTo(200);
    assertThat(theirs.status()).as(theirs.toString()).isEqualTo(200);
  }

  @Test
  void keepsKeysApartThatDifferInCaseOrBlanksInside() {
    List<String> batches = world.issue(1, 1, 1);
    TestClient client = world.as(world.seller());
    List<String> keys = List.of("a b", "A b", "a  b");

    for (int i = 0; i < keys.size(); i++) {
      Reply reply =
          client
              .with("Idempotency-Key", keys.get(i))
              .post(TRANSFERS, world.request().of(batches.get(i), 1).json());
      assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    }
  }

  @Test
  void letsOneOfManySimultaneousRequestsHaveTheBatch() {
    // Given: the same batch wanted by many at once, without keys
    String batch = world.issue(100).getFirst();
    TestClient client = world.as(world.seller());

    // When
    List<CompletableFuture<Reply>> sent =
        IntStream.rangeClosed(1, 16)
            .mapToObj(
                i -> client.sendAsync("POST", TRANSFERS, world.request().of(batch, 50 + i).json()))
            .toList();
    List<Reply> replies = sent.stream().map(CompletableFuture::join).toList();

    // Then
    List<Reply> won = replies.stream().filter(reply -> reply.status() == 200).toList();
    assertThat(won).hasSize(1);
    long moved = won.getFirst().json().at("/credit_batch_size_total/credit_kgs").longValue();
    assertThat(replies)
        .filteredOn(reply -> reply.status() != 200)
        .allSatisfy(
            reply -> {
              assertThat(reply.status()).isEqualTo(400);
              assertThat(reply.text()).contains("is split and can no longer be transferred");
            });
    assertThat(world.kilograms(world.buyer())).isEqualTo(moved);
    assertThat(world.kilograms(world.seller())).isEqualTo(100 - moved);
  }

  @Test
  void carriesOutCrossingTransfersAtOnceWithoutLosingAKilogram() {
    // Given: both organisations hold batches and send to each other at the same time
    long[] sizes = IntStream.range(0, 40).mapToLong(i -> 10).toArray();
    List<String> batches = world.issue(sizes);
    Request half = world.request();
    for (String batch : batches.subList(20, 40)) {
      half = half.of(batch, 10);
    }
    world.transfer(half);
    TestClient seller = world.as(world.seller());
    TestClient buyer = world.as(world.buyer());
    Request there = world.request();
    Request back = world.request().from(world.buyer().id()).to(world.seller().id());

    // When
    List<CompletableFuture<Reply>> sent =
        IntStream.range(0, 40)
            .mapToObj(
                i ->
                    (i < 20 ? seller : buyer)
                        .sendAsync(
                            "POST",
                            TRANSFERS,
                            (i < 20 ? there : back).of(batches.get(i), 3).json()))
            .toList();

    // Then
    assertThat(sent).allSatisfy(reply -> assertThat(reply.join().status()).isEqualTo(200));
    assertThat(world.kilograms(world.seller())).isEqualTo(200);
    assertThat(world.kilograms(world.buyer())).isEqualTo(200);
  }
}
