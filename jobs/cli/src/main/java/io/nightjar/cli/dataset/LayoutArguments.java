package io.nightjar.cli.dataset;

import io.nightjar.dataset.layout.known.KnownLayouts;
import io.nightjar.error.InvalidInputException;
import picocli.CommandLine.Option;

/** How the files of a data set are arranged. */
public final class LayoutArguments {
  @Option(
      names = "--layout",
      paramLabel = "NAME",
      description =
          "How the files of --data are arranged: mvtec-ad, mvtec-loco, mvtec-3d-ad, mvtec-ad-2,"
              + " visa, btad, ksdd, ksdd2, magnetic-tile, real-iad, folder (folders of normal and"
              + " defective images and of masks), manifest (a CSV or Parquet table of images), or"
              + " auto, which recognises them (default: ${DEFAULT-VALUE}).")
  private String layout;

  /**
   * The name of the layout.
   *
   * @throws InvalidInputException if there is no such layout
   */
  public String layout() {
    return KnownLayouts.choose(layout).id();
  }
}
