#!/usr/bin/env bash
# Delta Lake writes a table that it cannot read where the JVM's language has other digits than 0 to 9.
#
# Versions    Delta Lake 3.3.2 (delta-spark, Scala 2.12), Spark 3.5.7, Java 17.
# Guess       The files of a table do not depend on the language of the process that writes them.
# Behaviour   The number of a commit is formatted in the default locale, so that under ar-EG the first file of the log
#             has Arabic-Indic digits in its name. The write ends without an error. Whoever reads looks for 0 to 9:
#             the table does not exist, for the process that wrote it and for every other one.
# Output seen language en
#             write    written
#             log      00000000000000000000.json
#             read     3 rows
#             language ar-EG
#             write    written
#             log      ٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠.json
#             read     failed: [DELTA_TABLE_NOT_FOUND] Delta table `TABLE` doesn't exist.
#
# Needs JDK 17 and Maven. Exits with 0 while this holds, with 1 when it has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

cat >pom.xml <<'POM'
<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId>
  <artifactId>delta-digits</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>io.delta</groupId>
      <artifactId>delta-spark_2.12</artifactId>
      <version>3.3.2</version>
    </dependency>
    <dependency>
      <groupId>org.apache.spark</groupId>
      <artifactId>spark-sql_2.12</artifactId>
      <version>3.5.7</version>
    </dependency>
  </dependencies>
</project>
POM

cat >Digits.java <<'JAVA'
import java.io.File;
import java.util.Arrays;
import java.util.Locale;
import org.apache.spark.sql.SparkSession;

public class Digits {
  public static void main(String[] args) {
    SparkSession spark =
        SparkSession.builder()
            .master("local[1]")
            .config("spark.ui.enabled", false)
            .config("spark.sql.shuffle.partitions", 1)
            .config("spark.databricks.delta.snapshotPartitions", 1)
            .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
            .config(
                "spark.sql.catalog.spark_catalog",
                "org.apache.spark.sql.delta.catalog.DeltaCatalog")
            .getOrCreate();
    spark.sparkContext().setLogLevel("OFF");
    String table = args[0];
    System.out.println("language " + Locale.getDefault().toLanguageTag());
    String written = "written";
    try {
      spark.range(3).write().format("delta").save(table);
    } catch (Exception e) {
      written = "failed: " + e.getClass().getName();
    }
    System.out.println("write    " + written);
    String[] files = new File(table, "_delta_log").list();
    Arrays.sort(files);
    for (String file : files) {
      if (file.endsWith(".json")) {
        System.out.println("log      " + file);
      }
    }
    String read;
    try {
      read = spark.read().format("delta").load(table).count() + " rows";
    } catch (Exception e) {
      read = "failed: " + e.getMessage().lines().findFirst().orElse("").replace(table, "TABLE");
    }
    System.out.println("read     " + read);
    spark.stop();
  }
}
JAVA

mvn -q -B -Dmaven.repo.local="$work/repository" \
  org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath \
  -Dmdep.outputFile=classpath </dev/null

opens=()
for package in java.lang java.lang.invoke java.lang.reflect java.io java.net java.nio java.util \
  java.util.concurrent java.util.concurrent.atomic sun.nio.ch sun.nio.cs sun.security.action \
  sun.util.calendar; do
  opens+=("--add-opens=java.base/$package=ALL-UNNAMED")
done

# run LANGUAGE-OPTIONS... TABLE
run() {
  timeout 180 java "${@:1:$#-1}" -Dfile.encoding=UTF-8 "${opens[@]}" -cp "$(cat classpath)" Digits.java "$work/${!#}" 2>log.txt
}
export LC_ALL=C.UTF-8
{
  run -Duser.language=en english
  run -Duser.language=ar -Duser.country=EG arabic
} | tee seen

cat >expected <<'SEEN'
language en
write    written
log      00000000000000000000.json
read     3 rows
language ar-EG
write    written
log      ٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠.json
read     failed: [DELTA_TABLE_NOT_FOUND] Delta table `TABLE` doesn't exist.
SEEN
if cmp -s seen expected; then
  echo "As stated."
else
  echo "This has CHANGED."
  exit 1
fi
