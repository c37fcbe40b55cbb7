package io.nightjar.cli.outcome;

import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;

/**
 * An address of the web that may be a secret as a whole, as those of webhooks are: no message, log
 * or record has it. It is given itself, or as {@code env:NAME}.
 */
public final class SecretAddress {
  private static final String ENVIRONMENT = "env:";
  private static final String COMMAND_LINE = "sun.java.command";

  private final URI uri;

  private SecretAddress(URI uri) {
    this.uri = uri;
  }

  /**
   * The address that an option has.
   *
   * @param option its name, for messages
   * @param value an address or {@code env:NAME}
   * @param environment the variables of the process
   * @throws InvalidInputException if it is none, in a sentence without it
   */
  public static SecretAddress of(String option, String value, Map<String, String> environment) {
    String address = value;
    String source = Text.format("The option %s", option);
    if (value.startsWith(ENVIRONMENT)) {
      String name = value.substring(ENVIRONMENT.length());
      address = environment.get(name);
      source = Text.format("The environment variable %s, which %s names,", name, option);
      if (address == null || address.isBlank()) {
        throw new InvalidInputException(
            Text.format(
                "%s is not set. Set it to the address, in the environment of the process alone.",
                source));
      }
    }
    conceal(address);
    return new SecretAddress(parse(address.strip(), source));
  }

  private static URI parse(String address, String source) {
    try {
      URI uri = new URI(address);
      String scheme = String.valueOf(uri.getScheme());
      if ((scheme.equals("http") || scheme.equals("https")) && uri.getHost() != null) {
        return uri;
      }
    } catch (URISyntaxException e) { // its message has the address
      throw notAnAddress(source);
    }
    throw notAnAddress(source);
  }

  private static InvalidInputException notAnAddress(String source) {
    return new InvalidInputException(
        Text.format("%s holds no address that begins with http:// or https://.", source));
  }

  /** Spark shows the properties of the process on its pages and writes them into its event log. */
  private static void conceal(String address) {
    String command = System.getProperty(COMMAND_LINE);
    if (command != null && command.contains(address)) {
      System.setProperty(COMMAND_LINE, command.replace(address, "***"));
    }
  }

  URI uri() {
    return uri;
  }

  /** The address below this one, for what is no secret beyond its user and query. */
  public URI resolve(String path) {
    String base = uri.toString();
    return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path);
  }

  /** Not the address. */
  @Override
  public String toString() {
    return "***";
  }
}
