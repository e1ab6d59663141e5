package io.sluice.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;

/** A real Chromium without a screen, where the machine has one and what drives it. */
public final class Browser implements AutoCloseable {
  private static final String AXE = read("/axe.min.js");

  private final ChromeDriver driver;

  private Browser(Path chromium, Path chromedriver) {
    var options = new ChromeOptions();
    options.setBinary(chromium.toFile());
    options.addArguments(
        "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage");
    options.setCapability("goog:loggingPrefs", Map.of(LogType.BROWSER, "ALL"));
    var service =
        new ChromeDriverService.Builder().usingDriverExecutable(chromedriver.toFile()).build();
    driver = new ChromeDriver(service, options);
    driver.manage().timeouts().implicitlyWait(Patience.LIMIT).scriptTimeout(Patience.LIMIT);
  }

  private static String read(String resource) {
    try (InputStream in = Browser.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Starts one. Skips the test, with a word, where {@code chromium} or {@code chromedriver} is not
   * on the path.
   */
  public static Browser start() {
    Optional<Browser> found =
        executable("chromium", "chromium-browser")
            .flatMap(
                browser -> executable("chromedriver").map(driver -> new Browser(browser, driver)));
    assumeTrue(found.isPresent(), "no chromium with its chromedriver on the PATH");
    return found.get();
  }

  private static Optional<Path> executable(String... names) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .flatMap(folder -> Stream.of(names).map(Path.of(folder)::resolve))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Opens a page and waits until it shows an element.
   *
   * @param theme {@code light} or {@code dark}
   * @param width of the window, in pixels
   */
  public void open(String url, String theme, int width, String selector) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", theme))));
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
    driver.get(url);
    await(selector);
  }

  /** The first element, when it is there. */
  public WebElement await(String selector) {
    return driver.findElement(By.cssSelector(selector));
  }

  /** Clicks, wherever the element is on the page. */
  public void click(String selector) {
    driver.executeScript("arguments[0].click()", await(selector));
  }

  /** Types into what has the focus, as somebody without a mouse does. */
  public void type(CharSequence... keys) {
    driver.switchTo().activeElement().sendKeys(keys);
  }

  /** Puts a tab before that of the page, which nobody sees any more. */
  public void coverWithAnotherTab() {
    driver.switchTo().newWindow(WindowType.TAB);
  }

  /** Takes away the tab before that of the page. */
  public void uncover() {
    driver.close();
    driver.switchTo().window(driver.getWindowHandles().iterator().next());
  }

  /** Where the browser is: path and query. */
  public String address() {
    return driver.executeScript("return location.pathname + location.search").toString();
  }

  /** What keeps some people from using the page, as far as axe-core finds it and calls it so. */
  public List<String> barriers() {
    driver.executeScript(AXE);
    List<?> found =
        (List<?>)
            driver.executeAsyncScript(
                "const done = arguments[0]; axe.run().then(result =>"
                    + " done(result.violations.filter(one => ['serious',"
                    + " 'critical'].includes(one.impact)).map(one => one.id + ': ' +"
                    + " one.nodes.map(node => node.html).join(' | '))))");
    return found.stream().map(Object::toString).toList();
  }

  /** What a script returns. */
  public Object run(String script) {
    return driver.executeScript(script);
  }

  /** Errors on the console since the last look; what a policy has refused is one. */
  public List<String> errors() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
        .map(entry -> entry.getMessage())
        .toList();
  }

  /** Leaves a picture of what is to be seen in target, as PNG. */
  public void picture(String name) throws IOException {
    Path folder = Files.createDirectories(Path.of("target", "pictures"));
    Files.write(folder.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
  }

  /** Whether the page is wider than the window. */
  public boolean scrollsSideways() {
    return (boolean)
        driver.executeScript(
            "const page = document.documentElement; return page.scrollWidth > page.clientWidth");
  }

  @Override
  public void close() {
    driver.quit();
  }
}
