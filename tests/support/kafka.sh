#!/bin/sh
# The real Apache Kafka for the tests.
#
#   kafka.sh fetch CACHE             jars of the pinned Kafka into CACHE/kafka-4.1.0 (once; needs mvn)
#   kafka.sh serve JARS PROPERTIES   formats the storage and runs one broker until standard input closes
#   kafka.sh read JARS BROKER TOPIC  prints the topic's committed records, key and value parted by a tab, by Kafka's own console consumer
#
# LODESTREAM_TEST_JVM replaces the JVM's options: the benchmark's broker is to be quick at the peak.
#
# `serve` ends with the process that started it, however that ends: the kernel closes the pipe.
set -eu

version=4.1.0
here=$(cd "$(dirname "$0")" && pwd)

need() {
    command -v "$1" >/dev/null 2>&1 || {
        echo "the tests need a real Kafka, and for it \`$1\`, which is not installed: apt-get install $2" >&2
        exit 1
    }
}

fetch() {
    jars=$1/kafka-$version
    # Written last: a fetch that was broken off is begun again.
    [ -f "$jars/complete" ] && exit 0
    need java default-jre-headless
    need mvn maven
    mkdir -p "$jars"
    mvn --quiet --batch-mode --file "$here/kafka.xml" dependency:copy-dependencies \
        -DincludeScope=runtime -DoutputDirectory="$jars" -Dmdep.overWriteReleases=false >&2
    touch "$jars/complete"
}

serve() {
    jars=$1 properties=$2
    need java default-jre-headless
    # Quick to start rather than quick at the peak, and small: tests share the machine.
    options=${LODESTREAM_TEST_JVM:--Xms64m -Xmx512m -XX:+UseSerialGC -XX:TieredStopAtLevel=1}
    java="java $options -Dlog4j2.configurationFile=$here/log4j2.properties"
    $java -cp "$jars/*" kafka.tools.StorageTool format --cluster-id lodestreamTestsAAAAAAA --config "$properties" \
        --add-scram 'SCRAM-SHA-256=[name=miner,password=right]'
    $java -cp "$jars/*" kafka.Kafka "$properties" </dev/null &
    broker=$!
    # The watch reads until the pipe closes, then ends the broker. It asks for no orderly end: nothing is kept.
    cat >/dev/null
    kill -9 "$broker" 2>/dev/null || true
    wait "$broker" 2>/dev/null || true
}

read_topic() {
    jars=$1 broker=$2 topic=$3
    need java default-jre-headless
    # Ends when nothing has come for a while, so that a record too many would be seen.
    exec java -Xmx256m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Dlog4j2.configurationFile="$here/log4j2.properties" \
        -cp "$jars/*" org.apache.kafka.tools.consumer.ConsoleConsumer --bootstrap-server "$broker" --topic "$topic" \
        --from-beginning --isolation-level read_committed --timeout-ms 5000 \
        --property print.key=true
}

case ${1:-} in
    # `read` is the shell's own word
    read) shift && read_topic "$@" ;;
    *) "$@" ;;
esac
