package io.nightjar.io.artifact;

import io.nightjar.text.Text;

/** An artefact that is not what its key promises; it is to be made again. */
public final class DamagedArtifactException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * Names the artefact and what is wrong with it.
   *
   * @param name its path within the store
   * @param fault what is wrong, going on after "it"
   */
  public DamagedArtifactException(String name, String fault) {
    super(Text.format("The stored %s cannot be used: it %s.", name, fault));
  }
}
