import { readMeanings } from './words.ts'

/**
 * What words of other languages mean, as they are written in names: without accents, Japanese in Latin letters. German and
 * Dutch compounds are cut into these words, so their parts are enough.
 */
export const translations = readMeanings(`
  vorname vornamen rufname roepnaam nombres prenom prenoms voornaam voornamen = first name
  nachname nachnamen familienname zuname achternaam familienaam cognome apellido apellidos apell apelido sobrenome = last name
  apepat apemat paterno materno = last name
  geburtsname madchenname meisjesnaam = maiden name
  shimei simei namae onamae nominativo = full name
  sei myoji myouji = last name
  mei = name
  nombre nom nome naam naams namen nomi nomes noms = name
  benutzer nutzer anwender utilisateur usuario utente utilizador gebruiker gebruikers riyosha yuza = user
  benutzername nutzername identifiant pseudo pseudonyme = username
  kunde kunden cliente clientes clienti klant klanten kokyaku okyaku kd = customer
  kdnr kundennr kundennummer = customer number
  mitarbeiter angestellter employe salarie empleado empleados dipendente funcionario empregado medewerker werknemer shain jugyoin = employee
  person persona personne pessoa persoon personen hito kojin = person
  ansprechpartner contacto contatto contato contactpersoon tantosha tantousha = contact
  empfanger destinataire destinatario ontvanger begunstigde beneficiaire beneficiario = recipient
  erziehungsberechtigter erziehungsberechtigte erziehungsber tuteur tutore voogd = guardian
  inhaber titulaire titular titolare intestatario houder meigi meigijin = holder
  versicherter versicherte versicherten versicherungsnehmer assure assures asegurado assicurato segurado verzekerde = insured
  vertragspartner abonnent abonne abonnes abonado abbonato assinante abonnee contratante contratantes adherent adherents teilnehmer participante partecipante deelnemer inscrito iscritto = subscriber
  antragsteller demandeur solicitante richiedente requerente aanvrager = applicant
  patienten paciente pacientes paziente pazienti kanja = patient
  telefon telefono telefone telefoon telefonico telefonica telefonisch telephonique fernsprecher rufnummer denwa denwabango tlf telf = phone
  gsm handy portable celular cellulare telemovel movil mobiele mobiel keitai keitaidenwa = mobile
  festnetz = landline
  correo courriel epost meru meruadoresu = email
  posta = mail
  adoresu = address
  elektronisch electronico electronique elettronica eletronico eletronica electronica = electronic
  adresse anschrift direccion domicilio indirizzo endereco morada adres woonadres jusho genjusho jyusho shozaichi = address
  wohnort residenza residencia woonplaats = residence
  strasse strassen straat rue calle rua = street
  civico hausnummer huisnummer huisnr hausnr banchi = house number
  plz postleitzahl codepostal cap cep postcode yubin yubinbango yuubinbangou codigopostal = postal code
  postal postale postaux = postal
  famille familia famiglia familie = family
  securite seguridad sicurezza seguranca = security
  secu rentenversicherungsnummer = social security number
  sociale sociaal = social
  passe = password
  completo complet compleet completa complete vollstandig vollstandige vollstandiger volledig volledige = full
  corrente courant corriente = current
  mae madre mere moeder mutter = mother
  pai padre pere vader vater = father
  mieter mieterin locataire locataires inquilino inquilini inquilina huurder huurders = tenant
  schuler eleve eleves alumno alumna studente studenti estudiante aluno leerling leerlingen gakusei seito = student
  arzt arzte medecin medecins medico medici medicos ishi = doctor
  fahrer motorista chauffeur chauffeurs autista autisti bestuurder untenshu = driver
  gast gaste huesped ospite ospiti hospede gasten = guest
  mitglied mitglieder membre membres miembro membro membri socio soci lid leden kaiin = member
  verkaufer vendeur vendedor venditore verkoper = seller
  kaufer acheteur comprador acquirente = buyer
  bewerber candidat candidats candidato candidati sollicitant = candidate
  besitzer eigentumer proprietaire propietario proprietario eigenaar = owner
  dipendenti = employee
  utenti = user
  lieu luogo lugar ort geburtsort = place
  acceso acces accesso acesso = access
  geb = birth
  zweit segundo secondo deuxieme tweede = second
  primeiro primer primero primo premier eerste erster = first
  ultimo = last
  jeune = maiden
  wohn = home
  verbindung = account
  anmelde inlog aanmeld = login
  staatsangehorigkeit nationalite nacionalidad nazionalita nacionalidade nationaliteit kokuseki = nationality
  geschlecht sexo sesso sexe geslacht seibetsu = gender
  familienstand = marital status
  civil civile burgerlijke = civil
  gehalt lohn salaris salarios sueldo loon stipendio salaire salario nomina kyuyo = salary
  einkommen einkunfte revenus ingresos reddito redditi renda rendimento inkomen = income
  saldo solde = balance
  umsatz umsatze ricavi omzet = revenue
  sanguigno sanguin sanguineo blutgruppe = blood type
  konfession religione religiao religie shukyo = religion
  patente = patente
  jyuusho = address
  code codice codigo kodo cod = code
  tessera = card
  sanitaria sanitario sanitaire = health
  cidadao cittadino ciudadano citoyen burger = citizen
  geburt geburts naissance naiss nacimiento nascita nascimento nascto nasc nac geboorte seinen tanjo tanjou = birth
  geburtsdatum geburtstag gebdatum gebtag gebdat geboortedatum seinengappi tanjobi tanjoubi = birth date
  datum fecha fec data datas hizuke nichi = date
  geboren ne nato nacido = born
  nummer nummern nr numero numeri numeros nro num bango bangou = number
  konto konten compte cuenta cta conto conta rekening koza kouza = account
  bank banque banco banca bancario bancaria bancaire ginko ginkou banc = bank
  kontonummer kontonr rekeningnummer rekeningnr kozabango kouzabangou = bank account number
  bankleitzahl blz clabe rib cbu = bank account number
  karte karten carte tarjeta carta cartao kaart kado = card
  kredit credito kurejitto = credit
  kreditkarte creditcard kreditkaart = credit card
  reisepass reisepasses passeport pasaporte passaporto passaporte paspoort ryoken ryokenbango pasupoto = passport
  fuhrerschein habilitacao permis permisconduire rijbewijs menkyo menkyosho carnetconducir cnh = driver license
  carteira permiso licencia licenca = license
  conducir conduire conduzir conducao conduccion guida = driver
  ausweis personalausweis ausweisnummer personalausweisnummer identiteitskaart identite identidad identita identidade = national id
  steuer fiscal fiscale fisc belasting impuesto zeikin = tax
  identifikationsnummer identifikation = identification number
  steuernummer steuerid idnr steuerident steueridentifikationsnummer = tax id
  sozialversicherung sozialversicherungsnummer svnr sofinummer = social security number
  kimlik tckn pesel cnp egn oib hetu jmbg amka mynumber maina = national id
  dni nie nif curp rfc cpf bsn burgerservicenummer nir insee niss rut ahv avs nino aadhaar aadhar personnummer fodselsnummer cpr henkilotunnus cedula cuil rodne = national id
  passwort kennwort motdepasse mdp contrasena contrasenia senha wachtwoord pasuwado = password
  ansho anshobango = pin number
  geheim geheimnis secreto secreta segreto segreta segredo secrete = secret
  schlussel clave chave chiave sleutel = key
  latitudine breitengrad breedtegraad ido = latitude
  longitudine langengrad laengengrad lengtegraad keido = longitude
  koordinaten coordonnees coordenadas coordinate coordinaten zahyo = coordinates
  standort ubicacion localisation posizione localizacao = location
  stadt ville ciudad citta cidade stad shi = city
  land pays pais paese kuni = country
  firma entreprise empresa societe azienda bedrijf kaisha kaishamei = company
  anzahl menge antal cantidad quantita quantidade aantal kosu = count
  typ tipo soort shurui = type
  estado statut stato toestand jotai = status
  erstellt creado creato criado aangemaakt = created
  rechnung rechnungs facture factura fattura fatura factuur facturation facturacion fatturazione faturamento = billing
  liefer lieferung livraison envio entrega spedizione levering bezorg consegna = shipping
  zeile ligne linea riga linha regel = line
  gesendet versendet envoye enviado inviato verzonden = sent
  geandert modifie modificado modificato gewijzigd = changed
  bestatigt gepruft verifie verificado verificato bevestigd geverifieerd = verified
  am = at
  produkt produit producto prodotto produto shohin = product
  artikel article articulo articolo artigo = item
`)

/** Words that mean more when a name is nothing else: in a compound, `mei` is any name and `ad` an advertisement. */
export const wholeNames = readMeanings(`
  mei ad = first name
  kon = gender
`)

/** Words that only join others. */
export const joiningWords = new Set(
  'of the de del della di da do du des der die das den van het el la le les los las zu'.split(' '),
)
