package io.sluice.dialect;

import io.sluice.ledger.Digest;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.TenantId;
import io.sluice.share.Shares;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;

/**
 * What names stand for, of all tenants and dialects together, in 36 bytes each: for books with more
 * ledgers, subledgers and participants than could be kept as objects. It takes no more memory than
 * it is given: once that is used up, a name takes the place of another. A name is known by 122 bits
 * of a SHA-256 digest, which nobody can aim at somebody else's. May be used by any thread.
 */
public final class NameIndex {
  /** Two numbers of the name, two of what it stands for, and what that shares with others. */
  static final int BYTES_A_NAME = 4 * Long.BYTES + Integer.BYTES;

  /** A thread that looks something up meets another one that seldom. */
  private static final int SEGMENTS = 1 << 10;

  private static final int SEGMENT_SHIFT = Integer.SIZE - Integer.numberOfTrailingZeros(SEGMENTS);
  private static final int FIRST_PLACES = 16;

  /** Places in a row. */
  private static final int WAYS = 8;

  private static final int WAY_BITS = Integer.numberOfTrailingZeros(WAYS);

  /**
   * Things that names share, such as currencies; kept for good, so that each tenant has a share.
   */
  private static final int MAX_COMMONS = 1 << 16;

  private static final int FREE = 0;

  private final Segment[] segments = new Segment[SEGMENTS];
  private final int maxPlaces;
  private final Shares<TenantId> commonShares = new Shares<>(MAX_COMMONS);
  private final Map<Object, Integer> numbers = new HashMap<>();
  private final List<Object> commons = new ArrayList<>();
  private final AtomicLong names = new AtomicLong();
  private final AtomicLong places = new AtomicLong();

  /**
   * An index that is empty, and takes memory only as it fills.
   *
   * @param budgetBytes the most that it takes; with less than 288 KiB nothing is kept
   */
  public NameIndex(long budgetBytes) {
    maxPlaces = Math.toIntExact(budgetBytes / BYTES_A_NAME / SEGMENTS / WAYS) * WAYS;
    for (int i = 0; i < SEGMENTS; i++) {
      segments[i] = new Segment();
    }
  }

  /**
   * How names of one kind are told in numbers.
   *
   * @param <K> the name
   * @param <V> what it stands for, which never changes
   */
  public interface Form<K, V> {
    /** Adds what tells a name from others of its kind and tenant. */
    Digest digest(Digest start, K name);

    /** The id of what a name stands for. */
    UUID id(V value);

    /** What many share, to be kept once; with {@code equals}. */
    Object common(V value);

    /** The reverse of the two. */
    V value(K name, UUID id, Object common);
  }

  /**
   * The form of names that stand for holders.
   *
   * @param digest adds what tells a name from others of its kind and tenant
   */
  public static <K> Form<K, HolderId> ofHolders(BiFunction<Digest, K, Digest> digest) {
    return new Form<>() {
      @Override
      public Digest digest(Digest start, K name) {
        return digest.apply(start, name);
      }

      @Override
      public UUID id(HolderId holder) {
        return holder.value();
      }

      @Override
      public Object common(HolderId holder) {
        return HolderId.class;
      }

      @Override
      public HolderId value(K name, UUID id, Object common) {
        return new HolderId(id);
      }
    };
  }

  /** How many names are kept. */
  public long size() {
    return names.get();
  }

  /** The memory that is in use, in bytes. */
  public long bytes() {
    return places.get() * BYTES_A_NAME;
  }

  /** Whether so little room is left that it is for names that are asked for. */
  public boolean isNearlyFull() {
    long most = (long) maxPlaces * SEGMENTS;
    return names.get() >= most - most / WAYS;
  }

  /**
   * The names of one kind.
   *
   * @param kind tells them from the names of other kinds, in all dialects
   */
  public <K, V> Names<K, V> names(String kind, Form<K, V> form) {
    return new Names<>(this, kind, form);
  }

  /** The names of one kind. */
  public static final class Names<K, V> {
    private final NameIndex index;
    private final String kind;
    private final Form<K, V> form;

    private Names(NameIndex index, String kind, Form<K, V> form) {
      this.index = index;
      this.kind = kind;
      this.form = form;
    }

    /** What a name stands for; empty where that is not kept. */
    Optional<V> find(TenantId tenant, K name) {
      UUID digest = digest(tenant, name);
      return index
          .segment(digest)
          .find(digest)
          .map(entry -> form.value(name, entry.id(), index.common(entry.common())));
    }

    void keep(TenantId tenant, K name, V value) {
      int common = index.number(tenant, form.common(value));
      if (common != FREE) {
        UUID digest = digest(tenant, name);
        index.segment(digest).keep(digest, new Entry(form.id(value), common));
      }
    }

    void forget(TenantId tenant, K name) {
      UUID digest = digest(tenant, name);
      index.segment(digest).forget(digest);
    }

    /** Whether names that nobody has asked for yet may be kept too. */
    boolean hasRoom() {
      return !index.isNearlyFull();
    }

    private UUID digest(TenantId tenant, K name) {
      return form.digest(Digest.start().add(kind).add(tenant.value()), name).toUuid();
    }
  }

  private Segment segment(UUID digest) {
    return segments[digest.hashCode() >>> SEGMENT_SHIFT];
  }

  private int number(TenantId tenant, Object common) {
    synchronized (commons) {
      Integer number = numbers.get(common);
      if (number == null && commonShares.holding(tenant).take(1)) {
        commons.add(common);
        number = commons.size();
        numbers.put(common, number);
      }
      return number == null ? FREE : number;
    }
  }

  private Object common(int number) {
    synchronized (commons) {
      return commons.get(number - 1);
    }
  }

  private record Entry(UUID id, int common) {}

  /** A part of the names, and the lock of that part. */
  private final class Segment {
    private long[] digests = {};
    private long[] ids = {};
    private int[] kept = {};
    private int used;

    synchronized Optional<Entry> find(UUID digest) {
      int place = placeOf(digest);
      return place < 0
          ? Optional.empty()
          : Optional.of(new Entry(new UUID(ids[2 * place], ids[2 * place + 1]), kept[place]));
    }

    synchronized void keep(UUID digest, Entry entry) {
      int place = placeOf(digest);
      if (place < 0) {
        place = placeFor(digest);
      }
      while (place < 0 && kept.length < maxPlaces) {
        grow();
        place = placeFor(digest);
      }
      if (place < 0 && kept.length > 0) {
        place = inTheWayOf(digest);
      }
      if (place >= 0) {
        put(place, digest, entry.id(), entry.common());
      }
    }

    synchronized void forget(UUID digest) {
      int place = placeOf(digest);
      if (place >= 0) {
        kept[place] = FREE;
        used--;
        names.decrementAndGet();
      }
    }

    private void put(int place, UUID digest, UUID id, int common) {
      if (kept[place] == FREE) {
        used++;
        names.incrementAndGet();
      }
      digests[2 * place] = digest.getMostSignificantBits();
      digests[2 * place + 1] = digest.getLeastSignificantBits();
      ids[2 * place] = id.getMostSignificantBits();
      ids[2 * place + 1] = id.getLeastSignificantBits();
      kept[place] = common;
    }

    private int placeOf(UUID digest) {
      int place = placeOf(digest, first(digest));
      return place < 0 ? placeOf(digest, second(digest)) : place;
    }

    private int placeOf(UUID digest, int row) {
      for (int place = row; place < row + WAYS && place < kept.length; place++) {
        if (kept[place] != FREE && isAt(place, digest)) {
          return place;
        }
      }
      return -1;
    }

    /** A free place in the emptier one of two rows, so that hardly any row is full early. */
    private int placeFor(UUID digest) {
      int first = first(digest);
      int second = second(digest);
      int row = free(first) >= free(second) ? first : second;
      for (int place = row; place < row + WAYS && place < kept.length; place++) {
        if (kept[place] == FREE) {
          return place;
        }
      }
      return -1;
    }

    private int free(int row) {
      int free = 0;
      for (int place = row; place < row + WAYS && place < kept.length; place++) {
        free += kept[place] == FREE ? 1 : 0;
      }
      return free;
    }

    /** One of those that a name without a place could be at; by the name, so that it is any. */
    private int inTheWayOf(UUID digest) {
      return first(digest) + (int) (digest.getLeastSignificantBits() & (WAYS - 1));
    }

    /** The two rows that a name may be in; a digest's bits are as good as random. */
    private int first(UUID digest) {
      return row(digest.getLeastSignificantBits() >>> WAY_BITS);
    }

    private int second(UUID digest) {
      return row(digest.getMostSignificantBits() >>> Short.SIZE);
    }

    private int row(long bits) {
      int rows = kept.length / WAYS;
      return rows == 0 ? 0 : (int) ((bits & Integer.MAX_VALUE) % rows) * WAYS;
    }

    private boolean isAt(int place, UUID digest) {
      return digests[2 * place + 1] == digest.getLeastSignificantBits()
          && digests[2 * place] == digest.getMostSignificantBits();
    }

    private void grow() {
      long[] oldDigests = digests;
      long[] oldIds = ids;
      int[] oldKept = kept;
      int size = Math.min(Math.max(FIRST_PLACES, 2 * oldKept.length), maxPlaces);
      places.addAndGet(size - oldKept.length);
      names.addAndGet(-used);
      used = 0;
      digests = new long[2 * size];
      ids = new long[2 * size];
      kept = new int[size];
      for (int i = 0; i < oldKept.length; i++) {
        if (oldKept[i] != FREE) {
          UUID digest = new UUID(oldDigests[2 * i], oldDigests[2 * i + 1]);
          int place = placeFor(digest);
          // One that finds no place is asked for again, no more.
          if (place >= 0) {
            put(place, digest, new UUID(oldIds[2 * i], oldIds[2 * i + 1]), oldKept[i]);
          }
        }
      }
    }
  }
}
