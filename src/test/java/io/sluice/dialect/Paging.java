package io.sluice.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.Set;

/** How an API lets its clients read a list page by page. */
public enum Paging {
  /** Relay's cursors, from the list's beginning. */
  RELAY_FORWARDS {
    @Override
    String first(int size) {
      return "first=" + size;
    }

    @Override
    Optional<String> next(JsonNode page, int elements, int number, int size) {
      JsonNode info = page.get("page_info");
      return info.get("has_next_page").booleanValue()
          ? Optional.of(first(size) + "&after=" + info.get("end_cursor").textValue())
          : Optional.empty();
    }
  },

  /** Relay's cursors, from the list's end. */
  RELAY_BACKWARDS {
    @Override
    String first(int size) {
      return "last=" + size;
    }

    @Override
    Optional<String> next(JsonNode page, int elements, int number, int size) {
      JsonNode info = page.get("page_info");
      return info.get("has_previous_page").booleanValue()
          ? Optional.of(first(size) + "&before=" + info.get("start_cursor").textValue())
          : Optional.empty();
    }
  },

  /** A cursor in each page that leads to the next one. */
  CURSOR {
    @Override
    String first(int size) {
      return "limit=" + size;
    }

    @Override
    Optional<String> next(JsonNode page, int elements, int number, int size) {
      return Optional.ofNullable(page.at("/pagination/next_cursor").textValue())
          .map(cursor -> first(size) + "&cursor=" + cursor);
    }
  },

  /** The newest first; each page tells behind which element, towards the past, the next begins. */
  NEXT_BEFORE {
    @Override
    String first(int size) {
      return "limit=" + size;
    }

    @Override
    Optional<String> next(JsonNode page, int elements, int number, int size) {
      return told(page).map(next -> first(size) + "&before=" + next);
    }
  },

  /** The oldest first; each page tells behind which element the next begins. */
  NEXT_AFTER {
    @Override
    String first(int size) {
      return "limit=" + size;
    }

    @Override
    Optional<String> next(JsonNode page, int elements, int number, int size) {
      return told(page).map(next -> first(size) + "&after=" + next);
    }
  },

  /**
   * The oldest first, counted; each page tells where to read on, also when nothing is there yet.
   */
  NEXT_FROM {
    @Override
    String first(int size) {
      return "limit=" + size + "&from=0";
    }

    @Override
    Optional<String> next(JsonNode page, int elements, int number, int size) {
      return elements < size
          ? Optional.empty()
          : told(page).map(next -> "limit=" + size + "&from=" + next);
    }
  },

  /** The pages' numbers; what is added before a page moves the others on. */
  INDEX {
    @Override
    String first(int size) {
      return "size=" + size + "&index=0";
    }

    @Override
    Optional<String> next(JsonNode page, int elements, int number, int size) {
      return elements < size ? Optional.empty() : Optional.of("size=" + size + "&index=" + number);
    }
  },

  /** How many elements come before the page; what is added before it moves the others on. */
  OFFSET {
    @Override
    String first(int size) {
      return "limit=" + size;
    }

    @Override
    Optional<String> next(JsonNode page, int elements, int number, int size) {
      return elements < size
          ? Optional.empty()
          : Optional.of(first(size) + "&offset=" + number * size);
    }
  },

  /** The same from the list's beginning, where nothing is added. */
  OFFSET_ASCENDING {
    @Override
    String first(int size) {
      return OFFSET.first(size) + "&order=asc";
    }

    @Override
    Optional<String> next(JsonNode page, int elements, int number, int size) {
      return OFFSET.next(page, elements, number, size).map(query -> query + "&order=asc");
    }
  };

  /** The query parameters that say which page is wanted. */
  public static final Set<String> PARAMETERS =
      Set.of("first", "last", "after", "before", "limit", "cursor", "offset", "index", "size");

  private static Optional<String> told(JsonNode page) {
    return Optional.of(page.get("next")).filter(next -> !next.isNull()).map(JsonNode::asText);
  }

  /** The query for the first page. */
  abstract String first(int size);

  /**
   * The query for what comes after a page; empty when it was the last.
   *
   * @param elements how many were on it
   * @param number how many pages came before the next one
   */
  abstract Optional<String> next(JsonNode page, int elements, int number, int size);

  /** Whether what is added at the head of a list leaves the other pages as they are. */
  boolean isSteady() {
    return this != INDEX && this != OFFSET;
  }
}
