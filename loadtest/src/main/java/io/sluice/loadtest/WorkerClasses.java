package io.sluice.loadtest;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.HdrHistogram.Histogram;

/**
 * Compiles the pipeline's worker with the classes of one build: from that checkout's own sources of
 * the load tests, and what they lack from those of this one.
 */
final class WorkerClasses {
  private static final Path SOURCES = Path.of("loadtest", "src", "main", "java");
  private static final Path WORKER = Path.of("io", "sluice", "loadtest", "PipelineWorker.java");

  private WorkerClasses() {}

  /**
   * The class path to run it with.
   *
   * @param checkout built, of any version
   * @param here this one
   * @param classes where the compiled classes go
   * @throws IllegalStateException when it does not compile, with what the compiler said
   */
  static String compile(Path checkout, Path here, Path classes) throws IOException {
    var libraries = new ArrayList<String>();
    Path target = checkout.resolve("target");
    libraries.add(target.resolve("classes").toString());
    for (String jars : List.of("lib", "lib-postgresql")) {
      libraries.addAll(jars(target.resolve(jars)));
    }
    libraries.add(histogram());
    String path = String.join(File.pathSeparator, libraries);
    Files.createDirectories(classes);
    compile(path, checkout.resolve(SOURCES), here.resolve(SOURCES), classes);
    return classes + File.pathSeparator + path;
  }

  private static List<String> jars(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(Path::toString).filter(name -> name.endsWith(".jar")).sorted().toList();
    }
  }

  private static void compile(String libraries, Path own, Path ours, Path classes)
      throws IOException {
    Path worker =
        Stream.of(own, ours)
            .map(sources -> sources.resolve(WORKER))
            .filter(Files::exists)
            .findFirst()
            .orElseThrow();
    Path said = classes.resolveSibling("javac.log");
    List<String> arguments =
        List.of(
            "-proc:none",
            "-nowarn",
            "-cp",
            libraries,
            "-sourcepath",
            own + File.pathSeparator + ours,
            "-d",
            classes.toString(),
            worker.toString());
    try (var output = Files.newOutputStream(said)) {
      int status =
          ToolProvider.getSystemJavaCompiler()
              .run(null, output, output, arguments.toArray(String[]::new));
      if (status != 0) {
        throw new IllegalStateException(Files.readString(said));
      }
    }
  }

  /** The one library that the load tests bring themselves. */
  private static String histogram() {
    try {
      return Path.of(Histogram.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
