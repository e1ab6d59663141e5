package io.sluice.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.access.Credentials.Login;
import io.sluice.ledger.TimeOrderedIds;
import io.sluice.store.ConnectionPool;
import io.sluice.store.Pools;
import io.sluice.store.access.AuditStore;
import io.sluice.store.access.CredentialStore;
import io.sluice.testing.Await;
import io.sluice.testing.SettableClock;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What strangers make the gateway ask the database, while it does not answer. */
class StrangersLookUpsTest {
  private static final ClientAddress GREEDY = new ClientAddress("192.0.2.1");
  private static final ClientAddress OTHER = new ClientAddress("192.0.2.2");

  private final Silent pool = new Silent();
  private final Vertx vertx = Vertx.vertx();
  private final SettableClock clock = new SettableClock();
  private final PgCredentials credentials =
      new PgCredentials(
          new CredentialStore(Pools.of(pool, pool)),
          new Passwords(vertx, AccessFixture.CHEAP),
          AccessFixture.SETTINGS,
          clock,
          new AuditTrail(
              new AuditStore(Pools.of(pool, pool)), new TimeOrderedIds(clock), clock, 60),
          clock::nanos);

  /** What a stranger may present. */
  private enum Guess {
    SECRET {
      @Override
      Future<?> make(Credentials credentials, ConnectionPool pool, int number, ClientAddress from) {
        return credentials.find(AccessFixture.KEY, "key_" + number, from);
      }
    },
    CLIENT {
      @Override
      Future<?> make(Credentials credentials, ConnectionPool pool, int number, ClientAddress from) {
        return credentials.find(AccessFixture.CLIENT, "client " + number, "secret", from);
      }
    },
    ANYTHING_ELSE {
      @Override
      Future<?> make(Credentials credentials, ConnectionPool pool, int number, ClientAddress from) {
        var users = new CredentialStore(Pools.of(pool, pool));
        return credentials.askForStranger(
            from, () -> users.findUser(AccessFixture.USER.name(), "user " + number, from));
      }
    },
    PASSWORD {
      @Override
      Future<?> make(Credentials credentials, ConnectionPool pool, int number, ClientAddress from) {
        return credentials.login(AccessFixture.USER, "user " + number, "password", from);
      }
    };

    abstract Future<?> make(
        Credentials credentials, ConnectionPool pool, int number, ClientAddress from);
  }

  /** Remembers for whom it was asked, and answers when it is told to. */
  private static final class Silent implements ConnectionPool {
    private final List<Object> asked = new ArrayList<>();
    private final Promise<Void> speaks = Promise.promise();

    @Override
    public <T> Future<T> call(Object party, Function<SqlConnection, Future<T>> work) {
      asked.add(party);
      return speaks.future().mapEmpty();
    }
  }

  @AfterEach
  void close() {
    Await.result(vertx.close());
  }

  @ParameterizedTest
  @EnumSource(Guess.class)
  void leaveTheDatabaseToOthersAndEachOther(Guess guess) {
    // Given
    int all = PgCredentials.MAX_LOOK_UPS;
    List<Future<?>> guesses = make(guess, 2 * all, GREEDY);

    // When
    make(guess, 2 * all, OTHER);

    // Then: an address takes no more than it leaves free, and none ever all
    long greedy = pool.asked.stream().filter(GREEDY::equals).count();
    long other = pool.asked.stream().filter(OTHER::equals).count();
    assertThat(greedy).isEqualTo(all / 2 + 1);
    assertThat(other).isBetween(all / 4L, all - greedy - 1);
    assertThat(guesses.getLast())
        .satisfiesAnyOf(
            refused -> assertThat(refused.cause()).isInstanceOf(AccessBusy.class),
            refused -> assertThat(refused.result()).isInstanceOf(Login.Busy.class));
  }

  @ParameterizedTest
  @EnumSource(Guess.class)
  void haveTheirPlacesAgainWhenTheyAreAnswered(Guess guess) {
    // Given
    make(guess, PgCredentials.MAX_LOOK_UPS, GREEDY);
    int before = pool.asked.size();

    // When
    pool.speaks.fail("the database has said something");

    // Then
    make(guess, 1, GREEDY);
    assertThat(pool.asked).hasSize(before + 1);
  }

  private List<Future<?>> make(Guess guess, int count, ClientAddress from) {
    return IntStream.range(0, count)
        .<Future<?>>mapToObj(number -> guess.make(credentials, pool, number, from))
        .toList();
  }
}
