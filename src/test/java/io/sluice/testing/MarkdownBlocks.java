package io.sluice.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The fenced blocks of a Markdown page. */
public final class MarkdownBlocks {
  private static final String FENCE = "```";

  private MarkdownBlocks() {}

  /**
   * A block.
   *
   * @param language the word after the fence; empty without one
   */
  public record Block(Path page, int line, String language, String text) {
    /** What it is known by: its first line. */
    public String name() {
      return text.lines().findFirst().orElse("").strip();
    }

    @Override
    public String toString() {
      return page + ":" + line + ": " + name();
    }
  }

  /** All of a page, in order. A block that is only indented is an error: it has no language. */
  public static List<Block> of(Path page) {
    var blocks = new ArrayList<Block>();
    List<String> lines = lines(page);
    String before = "";
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.startsWith(FENCE)) {
        int end = i + 1;
        while (!lines.get(end).equals(FENCE)) {
          end++;
        }
        String text = String.join("\n", lines.subList(i + 1, end));
        blocks.add(new Block(page, i + 1, line.substring(FENCE.length()), text));
        i = end;
      } else if (line.startsWith("    ") && before.isBlank()) {
        throw new AssertionError(page + ":" + (i + 1) + " is indented; fence it, with a language");
      }
      before = line;
    }
    return blocks;
  }

  private static List<String> lines(Path page) {
    try {
      return Files.readAllLines(page);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
