package io.nightjar.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.job.run.BuildInfo;
import io.nightjar.testing.Repository;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;

/** What {@code deploy/local} sets up before it starts a JVM. */
@Tag("smoke")
class LauncherTest {
  @TempDir private Path work;

  @ParameterizedTest
  @ValueSource(strings = {"C", "POSIX", "de_DE.ISO-8859-1"})
  void aJvmDecodesNamesAsUtf8WhateverTheLocale(String locale) throws Exception {
    assertThat(encoding(locale)).isEqualTo("UTF-8");
  }

  @Test
  void aLocaleInUtf8Stays() throws Exception {
    assertThat(run("C.UTF-8", "echo \"$LC_ALL\"")).isEqualTo("C.UTF-8");
  }

  @Test
  void itOpensThePackagesThatTheBuildOpens() throws Exception {
    assertThat(run("C.UTF-8", "printf '%s\\n' \"${flags[@]}\"").lines())
        .filteredOn(flag -> flag.startsWith("--add-opens"))
        .containsExactlyInAnyOrderElementsOf(Command.opened());
  }

  /** It builds with -Dmaven.test.skip=true, which a value in the POM would win over. */
  @Test
  void theBuildOfTheLauncherCanSkipTheTests() throws Exception {
    Document pom =
        DocumentBuilderFactory.newDefaultInstance()
            .newDocumentBuilder()
            .parse(Repository.file("jobs/pom.xml").toFile());
    String plugins =
        "/project/build//plugin[artifactId='maven-surefire-plugin' or"
            + " artifactId='maven-failsafe-plugin']/configuration";
    XPath path = XPathFactory.newDefaultInstance().newXPath();

    assertThat(path.evaluate("count(" + plugins + ")", pom)).isEqualTo("2");
    assertThat(path.evaluate("count(" + plugins + "/skip | " + plugins + "/skipTests)", pom))
        .isEqualTo("0");
  }

  private String encoding(String locale) throws Exception {
    return run(
        locale,
        "\"$java\" -XshowSettings:properties -version 2>&1"
            + " | sed -n 's/ *sun.jnu.encoding = //p'");
  }

  private String run(String locale, String command) throws Exception {
    String sourced = Repository.file("deploy/local/java.sh").toString();
    Command done =
        Command.run(
            work,
            Map.of(
                "LC_ALL",
                locale,
                "JAVA_HOME",
                System.getProperty("java.home"),
                "NIGHTJAR_SPARK",
                line()),
            List.of("bash", "-c", ". \"$0\"; " + command, sourced));
    assertThat(done.exitCode()).as(done.err()).isZero();
    return done.out().strip();
  }

  /** The line of Spark that this was built for, which decides what Java will do. */
  private static String line() {
    String spark = String.valueOf(BuildInfo.versions().get("spark"));
    String line = spark.substring(0, spark.lastIndexOf('.'));
    return line.equals("3.5") && BuildInfo.scala().equals("2.13") ? line + "-scala-2.13" : line;
  }
}
