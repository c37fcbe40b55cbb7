package io.nightjar.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** What every command takes. */
final class CommonOptions {
  static final String CONFIG = "--config";

  // Read before picocli parses, because it decides the defaults; declared here for the help.
  @Option(
      names = CONFIG,
      paramLabel = "FILE",
      description = "A file of settings (HOCON); see conf/mvtec-ad.conf for all of them.")
  @SuppressWarnings("UnusedVariable")
  private Path config;
}
