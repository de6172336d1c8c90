{{- /* The name of everything here; pods add up to 18 characters to it, and a label has 63. */ -}}
{{- define "homestretch.name" -}}
{{ .Release.Name | trunc 45 | trimSuffix "-" }}
{{- end }}

{{- define "homestretch.selector" -}}
app.kubernetes.io/name: homestretch
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "homestretch.labels" -}}
{{ include "homestretch.selector" . }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end }}

{{- define "homestretch.claim" -}}
{{ .Values.persistence.existingClaim | default (printf "%s-data" (include "homestretch.name" .)) }}
{{- end }}

{{- /* Values that do not fit together. */ -}}
{{- define "homestretch.check" -}}
{{- $postgresql := eq .Values.database "postgresql" }}
{{- $address := hasKey .Values.settings "HOMESTRETCH_DATABASE_URL" }}
{{- range .Values.extraEnv }}{{ if eq .name "HOMESTRETCH_DATABASE_URL" }}{{ $address = true }}{{ end }}{{ end }}
{{- if and (not $postgresql) (gt (int .Values.replicas) 1) }}
{{- fail "More than one server needs PostgreSQL. Set database: postgresql, or replicas: 1." }}
{{- end }}
{{- if and (not $postgresql) $address }}
{{- fail "HOMESTRETCH_DATABASE_URL is set. Set database: postgresql too." }}
{{- end }}
{{- if and $postgresql (not $address) (not .Values.existingSecret) }}
{{- fail "database is postgresql. Set HOMESTRETCH_DATABASE_URL in settings or extraEnv, or homestretch_database_url in existingSecret." }}
{{- end }}
{{- if and .Values.ingress.enabled (not .Values.ingress.host) }}
{{- fail "ingress.enabled is true. Set ingress.host to the name that people type." }}
{{- end }}
{{- end }}

{{- /* What servers and workers have in common: given a dict of root, component, args, resources, and probes of a server. */ -}}
{{- define "homestretch.pod" -}}
{{- $root := .root }}
{{- with $root.Values }}
metadata:
  labels:
    {{- include "homestretch.labels" $root | nindent 4 }}
    app.kubernetes.io/component: {{ $.component }}
  {{- with .podAnnotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  automountServiceAccountToken: false
  # A service named homestretch would set HOMESTRETCH_PORT to its own address.
  enableServiceLinks: false
  terminationGracePeriodSeconds: 30
  securityContext:
    runAsNonRoot: true
    runAsUser: 1000
    runAsGroup: 1000
    fsGroup: 1000
    fsGroupChangePolicy: OnRootMismatch
    seccompProfile: {type: RuntimeDefault}
  {{- with .image.pullSecrets }}
  imagePullSecrets:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- if and (eq .database "postgresql") (eq .persistence.accessMode "ReadWriteOnce") }}
  affinity:
    podAffinity:
      requiredDuringSchedulingIgnoredDuringExecution:
        - topologyKey: kubernetes.io/hostname
          labelSelector:
            matchLabels:
              {{- include "homestretch.selector" $root | nindent 14 }}
  {{- end }}
  {{- with .nodeSelector }}
  nodeSelector:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .tolerations }}
  tolerations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  containers:
    - name: homestretch
      image: {{ printf "%s:%s" .image.repository .image.tag | quote }}
      args: [{{ $.component }}]
      securityContext:
        allowPrivilegeEscalation: false
        readOnlyRootFilesystem: true
        capabilities: {drop: [ALL]}
      env:
        - {name: HOMESTRETCH_DATA_DIR, value: /data}
        {{- if eq $.component "serve" }}
        - {name: HOMESTRETCH_HOST, value: 0.0.0.0}
        - {name: HOMESTRETCH_PORT, value: "8080"}
        {{- if eq .database "postgresql" }}
        - name: HOMESTRETCH_EXECUTOR
          valueFrom: {fieldRef: {fieldPath: metadata.name}}
        {{- end }}
        {{- end }}
        {{- if and .ingress.enabled (not (hasKey .settings "HOMESTRETCH_PUBLIC_URL")) }}
        - {name: HOMESTRETCH_PUBLIC_URL, value: {{ printf "https://%s" .ingress.host | quote }}}
        {{- end }}
        {{- if and .backups.existingClaim (not (hasKey .settings "HOMESTRETCH_BACKUP_DIR")) }}
        - {name: HOMESTRETCH_BACKUP_DIR, value: /backups}
        {{- end }}
        {{- range $name, $value := .settings }}
        - {name: {{ $name }}, value: {{ $value | quote }}}
        {{- end }}
        {{- with .extraEnv }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      {{- if eq $.component "serve" }}
      ports:
        - {name: http, containerPort: 8080}
      # The first start of a new version brings the database to its shape.
      startupProbe:
        httpGet: {path: /health/live, port: http}
        periodSeconds: 5
        failureThreshold: 120
      livenessProbe:
        httpGet: {path: /health/live, port: http}
        periodSeconds: 20
        timeoutSeconds: 10
      readinessProbe:
        httpGet: {path: /health/ready, port: http}
        periodSeconds: 10
        timeoutSeconds: 8
      {{- end }}
      resources:
        {{- toYaml $.resources | nindent 8 }}
      volumeMounts:
        - {name: data, mountPath: /data}
        - {name: tmp, mountPath: /tmp}
        {{- if .existingSecret }}
        - {name: secrets, mountPath: /run/secrets, readOnly: true}
        {{- end }}
        {{- if .backups.existingClaim }}
        - {name: backups, mountPath: /backups}
        {{- end }}
        {{- with .extraVolumeMounts }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
  volumes:
    - name: data
      persistentVolumeClaim: {claimName: {{ include "homestretch.claim" $root }}}
    - name: tmp
      emptyDir: {}
    {{- if .existingSecret }}
    - name: secrets
      secret: {secretName: {{ .existingSecret }}, defaultMode: 0440}
    {{- end }}
    {{- if .backups.existingClaim }}
    - name: backups
      persistentVolumeClaim: {claimName: {{ .backups.existingClaim }}}
    {{- end }}
    {{- with .extraVolumes }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
{{- end }}
{{- end }}
