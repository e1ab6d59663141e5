package io.sluice.dialect.isometric;

import static io.sluice.dialect.isometric.IsometricWorld.assertRefused;
import static io.sluice.dialect.isometric.IsometricWorld.ids;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.isometric.IsometricWorld.Organisation;
import io.sluice.testing.Reply;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Orders, and what is delivered under them. */
class DeliveriesTest {
  private static final String BASE = "/registry/v0";
  private static final String DELIVERIES = BASE + "/deliveries";

  private final IsometricWorld world = IsometricWorld.create();
  private final Organisation seller = world.seller();
  private final Organisation buyer = world.buyer();

  private Reply deliver(Organisation as, String order, String batch, long kilograms) {
    return world.as(as).post(DELIVERIES, body(order, batch, kilograms));
  }

  private static String body(String order, String batch, long kilograms) {
    return """
    {"order_id":"%s","notes":"by rail",
     "credit_batch_quantities":[{"credit_batch_id":"%s","credit_quantity_kg":%d}]}
    """
        .formatted(order, batch, kilograms);
  }

  private JsonNode get(Organisation as, String path) {
    Reply reply = world.as(as).get(BASE + path);
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    return reply.json();
  }

  @Test
  void advancesTheOrderWithTheBatches() {
    // Given
    List<String> issued = world.issue(100, 50);
    String order = world.newOrder(120, "2025-01-31");
    JsonNode placed = get(buyer, "/orders/" + order);

    // When
    Reply first = deliver(seller, order, issued.get(0), 70);
    JsonNode between = get(seller, "/orders/" + order);
    Reply last = deliver(seller, order, issued.get(1), 50);

    // Then
    assertThat(placed.get("status").textValue()).isEqualTo("placed");
    assertThat(placed.at("/credits_delivered/credit_kgs").intValue()).isZero();
    assertThat(placed.get("fulfilled_at").isNull()).isTrue();
    assertThat(first.status()).as(first.toString()).isEqualTo(200);
    assertThat(first.json().get("order_id").textValue()).isEqualTo(order);
    assertThat(first.json().at("/from_supplier/id").textValue()).isEqualTo(world.supplier());
    assertThat(first.json().at("/to_organisation/id").textValue()).isEqualTo(buyer.id());
    assertThat(between.get("status").textValue()).isEqualTo("in_progress");
    assertThat(between.at("/credits_delivered/credit_kgs").intValue()).isEqualTo(70);
    JsonNode completed = get(buyer, "/orders/" + order);
    assertThat(completed.get("status").textValue()).isEqualTo("completed");
    assertThat(completed.get("fulfilled_at")).isEqualTo(last.json().get("delivered_at"));
    assertThat(world.kilograms(buyer)).isEqualTo(120);
    assertThat(world.kilograms(seller)).isEqualTo(30);
  }

  @Test
  void aKeyStandsForOneDeliveryOnly() {
    // Given
    String batch = world.issue(100).getFirst();
    String order = world.newOrder(60, "2025-01-31");
    var client = world.as(seller).with("Idempotency-Key", "delivery");
    Reply first = client.post(DELIVERIES, body(order, batch, 10));

    // When
    Reply other = client.post(DELIVERIES, body(order, batch, 11));

    // Then
    assertThat(first.status()).as(first.toString()).isEqualTo(200);
    assertThat(other.status()).as(other.toString()).isEqualTo(409);
  }

  @Test
  void batchesTellTheirDeliveryAndTheirOrder() {
    // Given
    String batch = world.issue(100).getFirst();
    String order = world.newOrder(60, "2025-01-31");

    // When
    JsonNode delivery = deliver(seller, order, batch, 60).json();

    // Then
    String id = delivery.get("id").textValue();
    String part = world.batch(batch).get("left_child_id").textValue();
    JsonNode shown = world.batch(part);
    assertThat(shown.get("delivery_id").textValue()).isEqualTo(id);
    assertThat(shown.get("delivered_at")).isEqualTo(delivery.get("delivered_at"));
    assertThat(shown.at("/owner/id").textValue()).isEqualTo(buyer.id());
    JsonNode rest = world.batch(world.batch(batch).get("right_child_id").textValue());
    assertThat(rest.get("delivery_id").isNull()).isTrue();
    assertThat(ids(get(seller, "/deliveries/" + id + "/credit_batches"))).containsExactly(part);
    String batches = "/organisations/" + buyer.id() + "/credit_batches";
    assertThat(ids(get(buyer, batches + "?order_id=" + order))).containsExactly(part);
    assertThat(ids(get(buyer, batches + "?delivery_id=" + id))).containsExactly(part);
    JsonNode balance = get(buyer, "/organisations/" + buyer.id() + "/credit_balance");
    assertThat(balance.at("/order_balances/0/order_id").textValue()).isEqualTo(order);
    assertThat(balance.at("/order_balances/0/total/active_credits_total/credit_kgs").intValue())
        .isEqualTo(60);
  }

  @Test
  void listsByOrderSupplierAndBuyer() {
    // Given
    List<String> issued = world.issue(10, 20);
    String older = world.newOrder(100, "2024-01-31");
    String newer = world.newOrder(100, "2025-01-31");

    // When
    String first = deliver(seller, older, issued.get(0), 10).json().get("id").textValue();
    String second = deliver(seller, newer, issued.get(1), 20).json().get("id").textValue();

    // Then
    assertThat(ids(get(seller, "/deliveries"))).containsExactly(second, first);
    assertThat(ids(get(seller, "/orders/" + older + "/deliveries"))).containsExactly(first);
    assertThat(ids(get(buyer, "/suppliers/" + world.supplier() + "/deliveries")))
        .containsExactly(second, first);
    String both =
        "/deliveries?from_supplier_id=" + world.supplier() + "&to_organisation_id=" + buyer.id();
    assertThat(ids(get(seller, both))).containsExactly(second, first);
    assertThat(ids(get(seller, "/deliveries?to_organisation_id=" + seller.id()))).isEmpty();
    assertThat(ids(get(seller, "/deliveries?from_supplier_id=spl" + IsometricWorld.NOBODY)))
        .isEmpty();
    assertThat(ids(get(buyer, "/organisations/" + buyer.id() + "/orders")))
        .containsExactly(newer, older);
    assertThat(ids(get(seller, "/organisations/" + buyer.id() + "/orders?first=1")))
        .containsExactly(newer);
    JsonNode page = get(seller, "/suppliers/" + world.supplier() + "/orders?first=1");
    String after = page.at("/page_info/end_cursor").textValue();
    assertThat(
            ids(get(seller, "/suppliers/" + world.supplier() + "/orders?first=1&after=" + after)))
        .containsExactly(older);
    assertThat(get(seller, "/supplier").get("id").textValue()).isEqualTo(world.supplier());
    assertRefused(
        world.as(buyer).get(BASE + "/supplier"),
        400,
        "Organisation '" + buyer.id() + "' is not a supplier");
  }

  @Test
  void othersLearnNothingOfAnOrder() {
    // Given
    Organisation third = world.newOrganisation("Third", "third.example");
    String batch = world.issue(10).getFirst();
    String order = world.newOrder(100, "2025-01-31");
    String unknown = "Could not find 'Order' with IDs '" + order + "'";

    // Then
    assertRefused(world.as(third).get(BASE + "/orders/" + order), 400, unknown);
    assertRefused(world.as(third).get(BASE + "/orders/" + order + "/deliveries"), 400, unknown);
    assertRefused(deliver(third, order, batch, 1), 400, unknown);
    assertThat(ids(get(third, "/organisations/" + buyer.id() + "/orders"))).isEmpty();
    assertThat(ids(get(third, "/suppliers/" + world.supplier() + "/orders"))).isEmpty();
    assertRefused(
        deliver(buyer, order, batch, 1),
        403,
        "The token does not act for organisation '" + seller.id() + "'");
  }

  @Test
  void deliversNoMoreThanWasOrdered() {
    // Given
    String batch = world.issue(100).getFirst();
    String order = world.newOrder(60, "2025-01-31");

    // When
    Reply tooMuch = deliver(seller, order, batch, 61);
    Reply all = deliver(seller, order, batch, 60);
    String rest = world.batch(batch).get("right_child_id").textValue();
    Reply more = deliver(seller, order, rest, 1);

    // Then
    assertRefused(
        tooMuch,
        400,
        "Order '" + order + "' has 60 kg left to deliver, less than the 61 kg asked for");
    assertThat(all.status()).as(all.toString()).isEqualTo(200);
    assertRefused(more, 400, "Order '" + order + "' is completed and takes no more deliveries");
  }

  @Test
  void deliveriesAtOnceComeToNoMoreThanWasOrdered() {
    // Given
    long[] sizes = new long[20];
    Arrays.fill(sizes, 10);
    List<String> issued = world.issue(sizes);
    String order = world.newOrder(70, "2025-01-31");

    // When
    List<Integer> statuses =
        IntStream.range(0, sizes.length)
            .parallel()
            .mapToObj(i -> deliver(seller, order, issued.get(i), 10).status())
            .toList();

    // Then
    assertThat(statuses.stream().filter(status -> status == 200)).hasSize(7);
    assertThat(get(seller, "/orders/" + order).get("status").textValue()).isEqualTo("completed");
    assertThat(world.kilograms(buyer)).isEqualTo(70);
  }

  @Test
  void retiresTheOldestThatCameUnderAnOrder() {
    // Given
    List<String> issued = world.issue(10, 20);
    String order = world.newOrder(100, "2025-01-31");
    world.transfer(world.request().of(issued.get(0), 10));
    deliver(seller, order, issued.get(1), 20);
    String body =
        """
        {"owner_organisation_id":"%1$s","beneficiary_organisation_id":"%1$s","supplier_id":"%2$s",
         "retirement_purposes":["other"],"notes":null,"credit_quantity_kg":20,"order_id":"%3$s"}
        """
            .formatted(buyer.id(), world.supplier(), order);

    // When
    Reply reply = world.as(buyer).post(BASE + "/retirements/from_oldest_credits", body);

    // Then
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    assertThat(world.batch(issued.get(0)).get("status").textValue()).isEqualTo("active");
    assertThat(world.batch(issued.get(1)).get("status").textValue()).isEqualTo("retired");
  }

  @Test
  void theAdministratorEntersAnOrderOnceForAReference() {
    // Given
    String body = world.order("contract 7", 60, "2025-01-31");

    // When
    Reply first = world.administer("/orders", body);
    Reply again = world.administer("/orders", body);
    Reply other = world.administer("/orders", world.order("contract 7", 61, "2025-01-31"));

    // Then
    assertThat(first.status()).as(first.toString()).isEqualTo(200);
    assertThat(again.json()).isEqualTo(first.json());
    assertThat(other.status()).isEqualTo(409);
    assertThat(ids(world.administer("GET", "/orders", "").json()))
        .containsExactly(first.json().get("id").textValue());
  }
}
