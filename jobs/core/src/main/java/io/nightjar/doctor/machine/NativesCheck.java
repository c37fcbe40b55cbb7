package io.nightjar.doctor.machine;

import io.nightjar.backbone.onednn.OneDnn;
import io.nightjar.doctor.Check;
import io.nightjar.doctor.Finding;
import io.nightjar.linalg.LinearAlgebra;
import io.nightjar.text.Text;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Whether the native libraries load, and from where. */
public final class NativesCheck implements Check {
  private final List<Natives.Library> libraries;

  /** Of libraries that have been loaded, or could not be. */
  NativesCheck(List<Natives.Library> libraries) {
    this.libraries = List.copyOf(libraries);
  }

  /** Of this process; loads them. */
  public static Check here() {
    return findings -> new NativesCheck(Natives.load()).run(findings);
  }

  @Override
  public void run(Consumer<Finding> findings) {
    libraries.forEach(library -> findings.accept(finding(library)));
  }

  /** A library as a finding. */
  static Finding finding(Natives.Library library) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("used", library.isUsed());
    figures.put("version", library.version());
    figures.put("file", library.file());
    if (library.isUsed()) {
      return used(library, figures);
    }
    String problem = library.problem().replaceFirst("[. ]+$", "");
    if (library.isNeeded()) {
      return new Finding.Problem(
          library.name(),
          Text.format("Not usable: %s.", problem),
          "Its library must be on the class path (a jar of Nightjar's has it for one platform:"
              + " docs/cluster.md, Other platforms), and the folder for temporary files"
              + " (-Djava.io.tmpdir) must allow execution.",
          figures);
    }
    return new Finding.Note(
        library.name(),
        Text.format("Not used: %s. %s", problem, library.consequence()),
        remedy(library),
        figures);
  }

  private static Finding used(Natives.Library library, Map<String, Object> figures) {
    String place = library.file().isEmpty() ? "" : ", from " + library.file();
    String sentence = Text.format("%s%s.", library.version(), place);
    if (library.name().equals("OpenBLAS") && LinearAlgebra.inUse().equals("Java")) {
      return new Finding.Note(
          library.name(),
          Text.format("Loads, but -D%s=java keeps Nightjar from using it.", LinearAlgebra.PROPERTY),
          Text.format("Leave -D%s out, unless that is what you want.", LinearAlgebra.PROPERTY),
          figures);
    }
    return new Finding.Ok(library.name(), sentence, figures);
  }

  /** Nothing to mend where it is the platform or processor that is not one for the library. */
  private static String remedy(Natives.Library library) {
    return !library.exists() || (library.name().equals("oneDNN") && OneDnn.isLoaded())
        ? ""
        : "Put the libraries for this platform on the class path (docs/cluster.md, Other platforms).";
  }
}
