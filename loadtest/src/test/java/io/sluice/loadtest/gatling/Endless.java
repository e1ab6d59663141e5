package io.sluice.loadtest.gatling;

import java.util.Iterator;
import java.util.Map;
import java.util.function.Supplier;

/** A feeder that never ends and draws nothing before it is asked to. */
final class Endless {
  private Endless() {}

  static Iterator<Map<String, Object>> of(Supplier<Map<String, Object>> draw) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return true;
      }

      @Override
      public Map<String, Object> next() {
        return draw.get();
      }
    };
  }
}
