package io.sluice.clients;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/**
 * A language that clients are generated in.
 *
 * @param command what runs the client of a provider, which is to go to a URL
 */
record Client(String name, BiFunction<Provider, String, List<String>> command) {
  private static final Path SOURCES = Path.of("src", "main");

  /**
   * The clients whose language this machine has, made ready to run.
   *
   * @param generated where the generated sources are
   */
  static List<Client> all(Path generated, String typescriptVersion) throws IOException {
    List<Client> clients = new ArrayList<>();
    clients.add(onJvm("java", "io.sluice.clients.JavaDriver"));
    clients.add(onJvm("kotlin", "io.sluice.clients.KotlinDriverKt"));
    if (runs("npm", "--version")) {
      clients.add(typescript(generated, typescriptVersion));
    } else {
      System.out.println("there is no npm, so TypeScript is left out");
    }
    if (runs("python3", "-c", "import venv, sys; assert sys.version_info >= (3, 9)")) {
      clients.add(python(generated));
    } else {
      System.out.println("there is no Python 3.9 with venv, so Python is left out");
    }
    return clients;
  }

  private static Client onJvm(String name, String driver) {
    return new Client(
        name,
        (provider, url) ->
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                driver,
                "io.sluice.clients." + name + "." + provider.word(),
                url));
  }

  /** Each client is compiled by its own settings, with the compiler that it asks for. */
  private static Client typescript(Path generated, String version) throws IOException {
    Path tools = Files.createDirectories(generated.resolve("typescript-tools"));
    String install = "typescript@" + version;
    run(tools, "npm", "install", "--no-save", "--no-audit", "--no-fund", install);
    String compiler = tools.resolve("node_modules/.bin/tsc").toString();
    for (Provider provider : Provider.values()) {
      run(generated.resolve("typescript-" + provider.word()), compiler);
    }
    String driver = SOURCES.resolve("typescript/driver.mjs").toString();
    return new Client(
        "typescript",
        (provider, url) -> {
          Path client = generated.resolve("typescript-" + provider.word());
          return List.of("node", driver, client.toString(), url);
        });
  }

  private static Client python(Path generated) throws IOException {
    Path environment = generated.resolve("python-environment");
    run(generated, "python3", "-m", "venv", environment.toString());
    String python = environment.resolve("bin/python").toString();
    List<String> install = new ArrayList<>(List.of(python, "-m", "pip", "install", "-q"));
    for (Provider provider : Provider.values()) {
      install.add("./python-" + provider.word());
    }
    run(generated, install.toArray(String[]::new));
    String driver = SOURCES.resolve("python/driver.py").toString();
    return new Client(
        "python", (provider, url) -> List.of(python, driver, provider.word() + "_client", url));
  }

  private static boolean runs(String... command) {
    try {
      return new ProcessBuilder(command).start().onExit().join().exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static void run(Path directory, String... command) throws IOException {
    Process process =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes());
    if (process.onExit().join().exitValue() != 0) {
      throw new IOException(String.join(" ", command) + " in " + directory + ":\n" + output);
    }
  }
}
