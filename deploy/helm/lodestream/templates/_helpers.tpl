{{- define "lodestream.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
{{- end }}

{{/* Pods are named after it and a number: some room is left for that. */}}
{{- define "lodestream.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | trunc 52 | trimSuffix "-" }}
{{- else if contains .Chart.Name .Release.Name }}
{{- .Release.Name | trunc 52 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name (include "lodestream.name" .) | trunc 52 | trimSuffix "-" }}
{{- end }}
{{- end }}

{{- define "lodestream.selectorLabels" -}}
app.kubernetes.io/name: {{ include "lodestream.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "lodestream.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{ include "lodestream.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}

{{- define "lodestream.serviceAccountName" -}}
{{- if .Values.serviceAccount.create }}
{{- default (include "lodestream.fullname" .) .Values.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.serviceAccount.name }}
{{- end }}
{{- end }}

{{- define "lodestream.image" -}}
{{- if .Values.image.digest }}
{{- printf "%s@%s" .Values.image.repository .Values.image.digest }}
{{- else }}
{{- printf "%s:%s" .Values.image.repository (default .Chart.AppVersion .Values.image.tag) }}
{{- end }}
{{- end }}

{{/* Processes that find work: more members than partitions are idle. */}}
{{- define "lodestream.mostReplicas" -}}
{{- max 1 (div (add .Values.kafka.partitions .Values.workers -1) .Values.workers) }}
{{- end }}

{{/* The settings of a pod: the file, and over it what the chart itself must know. */}}
{{- define "lodestream.env" -}}
- name: LODESTREAM_CONFIG
  value: /etc/lodestream/lodestream.toml
- name: LODESTREAM_LISTEN
  value: 0.0.0.0:9184
- name: LODESTREAM_BOOTSTRAP_SERVERS
  value: {{ .Values.kafka.bootstrapServers | quote }}
- name: LODESTREAM_GROUP_ID
  value: {{ .Values.kafka.groupId | quote }}
- name: LODESTREAM_INPUT_TOPIC
  value: {{ .Values.kafka.topics.raw | quote }}
- name: LODESTREAM_OUTPUT_TOPIC
  value: {{ .Values.kafka.topics.enriched | quote }}
- name: LODESTREAM_DEAD_LETTER_TOPIC
  value: {{ .Values.kafka.topics.deadLetters | quote }}
- name: LODESTREAM_TIMELINE_TOPIC
  value: {{ .Values.kafka.topics.timeline | quote }}
- name: LODESTREAM_WORKERS
  value: {{ .Values.workers | quote }}
- name: LODESTREAM_STREAM__PARTITIONS
  value: {{ .Values.kafka.partitions | quote }}
- name: LODESTREAM_STREAM__DRAIN_BUDGET
  value: {{ printf "%ds" (int .Values.drainBudgetSeconds) | quote }}
{{- if .Values.lexicon.configMap }}
- name: LODESTREAM_LEXICON
  value: /etc/lodestream-lexicon
{{- end }}
{{- range $name, $value := .Values.env }}
- name: {{ $name }}
  value: {{ $value | quote }}
{{- end }}
{{- range $name, $from := .Values.secretEnv }}
- name: {{ $name }}
  valueFrom:
    secretKeyRef:
      name: {{ $from.secret }}
      key: {{ $from.key }}
{{- end }}
{{- end }}

{{- define "lodestream.podSecurityContext" -}}
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
fsGroup: 10001
seccompProfile:
  type: RuntimeDefault
{{- end }}

{{- define "lodestream.securityContext" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end }}

{{- define "lodestream.volumeMounts" -}}
- name: config
  mountPath: /etc/lodestream
  readOnly: true
{{- if .Values.lexicon.configMap }}
- name: lexicon
  mountPath: /etc/lodestream-lexicon
  readOnly: true
{{- end }}
{{- with .Values.extraVolumeMounts }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- define "lodestream.volumes" -}}
- name: config
  configMap:
    name: {{ include "lodestream.fullname" . }}
{{- if .Values.lexicon.configMap }}
- name: lexicon
  configMap:
    name: {{ .Values.lexicon.configMap }}
{{- end }}
{{- with .Values.extraVolumes }}
{{ toYaml . }}
{{- end }}
{{- end }}
