package io.sluice.store;

import static io.sluice.store.Corruption.broken;
import static io.sluice.store.Corruption.id;
import static io.sluice.store.Corruption.is;
import static io.sluice.store.Corruption.on;
import static io.sluice.store.Corruption.text;
import static io.sluice.store.Invariant.LOT_ACCOUNT;
import static io.sluice.store.Invariant.LOT_BALANCE;
import static io.sluice.store.Invariant.LOT_DUE;
import static io.sluice.store.Invariant.LOT_ISSUER;
import static io.sluice.store.Invariant.LOT_PART;
import static io.sluice.store.Invariant.LOT_POSTING;
import static io.sluice.store.Invariant.LOT_REMAINING;
import static io.sluice.store.Invariant.MOVEMENT_ACCOUNT;
import static io.sluice.store.Invariant.MOVEMENT_LOT;
import static io.sluice.store.Invariant.MOVEMENT_TRANSFER;
import static io.sluice.store.Invariant.SERIAL_PIECE;
import static io.sluice.store.Invariant.SPLIT_AMOUNT;
import static io.sluice.store.Invariant.SPLIT_CHILDREN;
import static io.sluice.store.Invariant.SPLIT_PARENT;
import static io.sluice.store.Invariant.SPLIT_REMAINING;
import static io.sluice.store.Invariant.SPLIT_SERIALS;

import java.util.function.Function;
import java.util.stream.Stream;

/** Ways to break lots and their movements. */
final class LotCorruptions {
  private LotCorruptions() {}

  static Stream<Corruption> all() {
    return Stream.of(lots(), dates(), movements(), strayMovements(), splits())
        .flatMap(Function.identity());
  }

  private static Stream<Corruption> lots() {
    return Stream.of(
        broken(
            LOT_ACCOUNT,
            "a lot on an account without lots",
            b ->
                "INSERT INTO lot (tenant_id, id, account_id, amount, remaining, created_at)"
                    + " VALUES (1, '"
                    + id()
                    + "', "
                    + text(b.alice.id().value())
                    + ", 1, 0, now())"),
        broken(
            LOT_ACCOUNT,
            "a lot on no account",
            b ->
                "INSERT INTO lot (tenant_id, id, account_id, amount, remaining, created_at)"
                    + " VALUES (1, '"
                    + id()
                    + "', '"
                    + id()
                    + "', 1, 0, now())"),
        broken(
            LOT_ISSUER,
            "an unknown issuer",
            b -> "UPDATE lot SET issuer_id = '" + id() + "' WHERE id = " + text(b.parent.value()),
            SERIAL_PIECE),
        broken(
            LOT_BALANCE,
            "an overdraft that the lots do not show",
            b -> "UPDATE account SET overdrawn = overdrawn + 1 WHERE " + is(b.owner)),
        broken(
            LOT_REMAINING,
            "remainders exchanged between lots",
            b ->
                "UPDATE lot SET remaining = remaining - 5 WHERE remaining = 70 AND "
                    + on(b.owner)
                    + "; UPDATE lot SET remaining = remaining + 5 WHERE remaining = 30 AND "
                    + on(b.owner)),
        broken(
            LOT_REMAINING,
            "a lot on another's account",
            b ->
                "UPDATE lot SET account_id = "
                    + text(b.buyer.id().value())
                    + " WHERE remaining = 30 AND "
                    + on(b.owner),
            LOT_BALANCE));
  }

  private static Stream<Corruption> dates() {
    return Stream.of(
        broken(
            LOT_DUE,
            "a lot that is due without an end",
            b -> "UPDATE lot SET due_at = now() WHERE remaining = 70 AND " + on(b.owner)),
        broken(
            LOT_PART,
            "a part of other dates than its lot",
            b ->
                "UPDATE lot SET created_at = created_at - interval '1 day', parent_id ="
                    + " (SELECT id FROM lot WHERE remaining = 70 AND "
                    + on(b.owner)
                    + ") WHERE id = "
                    + text(b.spent.value())));
  }

  private static Stream<Corruption> movements() {
    return Stream.of(
        broken(
            LOT_POSTING,
            "more lots moved than posted",
            b ->
                "UPDATE lot_movement SET amount = amount + CASE WHEN amount > 0 THEN 1 ELSE -1 END"
                    + " WHERE amount IN (50, -30) AND lot_id = "
                    + text(b.spent.value())),
        broken(
            LOT_POSTING,
            "a posting without lots",
            b ->
                "DELETE FROM lot_movement WHERE amount <> 50 AND lot_id = "
                    + text(b.spent.value())
                    + "; UPDATE lot_movement SET amount = 0 WHERE lot_id = "
                    + text(b.spent.value())),
        broken(
            MOVEMENT_TRANSFER,
            "an unknown transfer",
            b ->
                "UPDATE lot_movement SET transfer_id = '"
                    + id()
                    + "' WHERE amount = 50 AND lot_id = "
                    + text(b.spent.value()),
            LOT_POSTING),
        broken(
            MOVEMENT_TRANSFER,
            "a refused transfer",
            b ->
                "INSERT INTO lot_movement VALUES (1, "
                    + text(b.refusal.value())
                    + ", "
                    + text(b.spent.value())
                    + ", "
                    + text(b.owner.id().value())
                    + ", 0)",
            LOT_POSTING));
  }

  private static Stream<Corruption> strayMovements() {
    return Stream.of(
        broken(
            MOVEMENT_LOT,
            "an unknown lot",
            b ->
                "UPDATE lot_movement SET lot_id = '"
                    + id()
                    + "' WHERE amount = 50 AND lot_id = "
                    + text(b.spent.value()),
            LOT_REMAINING),
        broken(
            MOVEMENT_ACCOUNT,
            "an account without lots",
            b ->
                "INSERT INTO lot_movement VALUES (1, "
                    + text(b.payment.value())
                    + ", "
                    + text(b.spent.value())
                    + ", "
                    + text(b.alice.id().value())
                    + ", 1)",
            LOT_REMAINING,
            LOT_POSTING));
  }

  private static Stream<Corruption> splits() {
    return Stream.of(
        broken(
            SPLIT_CHILDREN,
            "a child that does not point back",
            b ->
                "UPDATE lot SET parent_id = NULL WHERE remaining = 70 AND parent_id = "
                    + text(b.parent.value())),
        broken(
            SPLIT_CHILDREN,
            "one child for both",
            b ->
                "UPDATE lot SET parent_id = NULL WHERE remaining = 70 AND parent_id = "
                    + text(b.parent.value())
                    + "; UPDATE lot SET right_child_id = left_child_id, amount = 60 WHERE id = "
                    + text(b.parent.value())
                    + "; UPDATE lot SET serial_from = NULL WHERE parent_id = "
                    + text(b.parent.value())
                    + " OR id = "
                    + text(b.parent.value())),
        broken(
            SPLIT_PARENT,
            "a child that its parent does not know",
            b ->
                "UPDATE lot SET parent_id = "
                    + text(b.parent.value())
                    + " WHERE id = "
                    + text(b.spent.value())),
        broken(
            SPLIT_PARENT,
            "an unknown parent",
            b -> "UPDATE lot SET parent_id = '" + id() + "' WHERE id = " + text(b.spent.value())),
        broken(
            SPLIT_AMOUNT,
            "a child too large",
            b ->
                "UPDATE lot SET amount = amount + 1 WHERE remaining = 70 AND parent_id = "
                    + text(b.parent.value()),
            SERIAL_PIECE),
        broken(
            SPLIT_REMAINING,
            "something left in the parent",
            b -> "UPDATE lot SET remaining = 1 WHERE id = " + text(b.parent.value()),
            LOT_BALANCE,
            LOT_REMAINING),
        broken(
            SPLIT_SERIALS,
            "overlapping serial numbers",
            b ->
                "UPDATE lot SET serial_from = serial_from - 1 WHERE remaining = 70 AND parent_id = "
                    + text(b.parent.value())));
  }
}
