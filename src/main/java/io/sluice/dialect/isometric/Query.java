package io.sluice.dialect.isometric;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.sluice.dialect.Call;
import io.sluice.dialect.Text;
import io.sluice.dialect.Timestamps;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads query parameters and path ids; what does not fit is noted in the {@link Problems}. Of a
 * parameter given more than once the last one counts, as in the registry's framework.
 */
final class Query {
  private final Call call;
  private final Problems problems;

  Query(Call call, Problems problems) {
    this.call = call;
    this.problems = problems;
  }

  /**
   * What a request's path and query say.
   *
   * @throws io.sluice.dialect.ApiException 422 with all that does not fit the schema
   */
  static <T> T read(Call call, Function<Query, T> reading) {
    var problems = new Problems();
    T read = reading.apply(new Query(call, problems));
    problems.throwIfAny();
    return read;
  }

  /** The id in the path, as long as ids are. */
  String pathId() {
    String id = call.pathParameter("id");
    checkLength(Location.PATH.then("id"), id, IdCodec.MIN_CHARS, IdCodec.MAX_CHARS);
    return id;
  }

  /** An id, as long as ids are. */
  Optional<String> id(String name) {
    Optional<String> id = last(name);
    id.ifPresent(text -> checkLength(at(name), text, IdCodec.MIN_CHARS, IdCodec.MAX_CHARS));
    return id;
  }

  /** A text of at least one character. */
  Optional<String> text(String name) {
    Optional<String> text = last(name);
    text.ifPresent(value -> checkLength(at(name), value, 1, Integer.MAX_VALUE));
    return text;
  }

  /** A whole number from 1 to a bound. */
  Optional<Integer> upTo(String name, int bound) {
    return last(name).map(text -> upTo(at(name), text, bound));
  }

  Optional<Instant> time(String name) {
    // A plus sign that a client forgot to encode arrives as a blank.
    Optional<String> text = last(name).map(t -> t.replace(' ', '+'));
    Optional<Instant> time = text.flatMap(Timestamps::parse);
    if (text.isPresent() && time.isEmpty()) {
      problems.notATime(at(name), echo(text.get()));
    }
    return time;
  }

  /** One of some words. */
  Optional<String> oneOf(String name, List<String> allowed) {
    return last(name)
        .filter(
            word -> {
              boolean known = allowed.contains(word);
              if (!known) {
                problems.notOneOf(at(name), echo(word), allowed);
              }
              return known;
            });
  }

  /** Any number of different words. */
  List<String> someOf(String name, List<String> allowed) {
    List<String> words = call.query().getAll(name);
    for (int i = 0; i < words.size(); i++) {
      if (!allowed.contains(words.get(i))) {
        problems.notOneOf(at(name).then((long) i), echo(words.get(i)), allowed);
      }
    }
    if (new HashSet<>(words).size() < words.size()) {
      problems.repeated(at(name), null);
    }
    return words;
  }

  private Integer upTo(Location place, String text, int bound) {
    if (!text.strip().matches("[+-]?[0-9]+")) {
      problems.unreadableInteger(place, echo(text));
      return 1;
    }
    // More digits than this are out of range anyway.
    String digits = text.strip();
    long value = digits.length() > 10 ? Long.MAX_VALUE : Long.parseLong(digits);
    if (digits.startsWith("-") || value == 0) {
      problems.notMoreThan(place, echo(text), 0);
      return 1;
    }
    if (value > bound) {
      problems.moreThan(place, echo(text), bound);
      return 1;
    }
    return (int) value;
  }

  private void checkLength(Location place, String text, int min, int max) {
    int length = Text.length(text);
    if (length < min) {
      problems.tooShort(place, echo(text), min);
    } else if (length > max) {
      problems.tooLong(place, echo(text), max);
    }
  }

  private Optional<String> last(String name) {
    List<String> all = call.query().getAll(name);
    return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
  }

  private static Location at(String name) {
    return Location.QUERY.then(name);
  }

  /** The client's text, unless it could not be written as JSON. */
  private static JsonNode echo(String text) {
    return Text.isClean(text) ? TextNode.valueOf(text) : null;
  }
}
