package io.sluice.store;

import static io.sluice.store.StoredBooks.line;

import io.sluice.ledger.AccountKind;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.Amount;
import io.sluice.ledger.AssetId;
import io.sluice.ledger.LotId;
import io.sluice.ledger.TransferId;
import io.sluice.testing.TestDatabase;
import java.util.StringJoiner;
import java.util.UUID;

/** One tenant's books with something of everything in them. */
final class WholeBooks {
  final AccountRef system;
  final AccountRef alice;
  final AccountRef bob;
  final AccountRef unused;

  /** Of another asset than the ones before, and as little used as the last of them. */
  final AccountRef shop;

  final AccountRef owner;
  final AccountRef buyer;
  final TransferId funding;

  /** The only one that lists its postings, being three. */
  final TransferId payment;

  final TransferId refusal;
  final TransferId refund;
  final LotId parent;
  final LotId spent;

  WholeBooks(TestDatabase test, int tenant) {
    var statements = new StringJoiner("; ");
    var books = new StoredBooks(statements::add, tenant);
    AssetId money = books.asset(false);
    system = books.account(AccountKind.SYSTEM, money);
    alice = books.account(AccountKind.SIMPLE, money);
    bob = books.account(AccountKind.SIMPLE, money);
    unused = books.account(AccountKind.SIMPLE, money);
    funding = books.post(line(system, -100), line(alice, 100));
    payment = books.post(line(alice, -70), line(system, 30), line(bob, 40));
    refusal = books.refuse(line(bob, -1000), line(alice, 1000));
    refund = books.post(line(bob, -60), line(alice, 60));
    AccountRef rich = books.account(AccountKind.SIMPLE, books.asset(false));
    shop = books.account(AccountKind.SIMPLE, rich.asset());
    AccountRef mint = books.account(AccountKind.SYSTEM, rich.asset());
    books.post(
        new StoredBooks.Line(mint, Amount.MAX.units().negate()),
        new StoredBooks.Line(rich, Amount.MAX.units()));
    AssetId credits = books.asset(true);
    AccountRef issuer = books.account(AccountKind.SYSTEM, credits);
    owner = books.account(AccountKind.LOT, credits);
    buyer = books.account(AccountKind.LOT, credits);
    parent = books.issue(issuer, owner, 100, UUID.randomUUID());
    LotId moved = books.moveSplit(parent, owner, buyer, 100, 30);
    books.moveWhole(moved, buyer, owner, 30);
    AccountRef spender = books.account(AccountKind.LOT, credits);
    spent = books.repay(issuer, spender, 0, 50);
    books.spend(spent, 20, spender, buyer, 20);
    books.spend(spent, 30, spender, buyer, 37);
    books.repay(issuer, spender, 7, 10);
    test.execute(statements.toString());
  }
}
